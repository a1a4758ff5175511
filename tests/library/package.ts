// The built package by its own name, as an application imports it. Bundled and run by scripts/run-tests.ts.
import * as library from "cacheauth";
import * as glide from "cacheauth/glide";
import * as ioredis from "cacheauth/ioredis";
import * as iovalkey from "cacheauth/iovalkey";
import * as nodeRedis from "cacheauth/node-redis";
import { adapterSuite } from "./adapter-suite.ts";
import { emulatorSuite } from "./emulator-suite.ts";
import { providerSuite } from "./provider-suite.ts";
import { librarySuite } from "./suite.ts";
import { wordsSuite } from "./words-suite.ts";

librarySuite(library);
providerSuite(library);
wordsSuite(library);
emulatorSuite(library);
adapterSuite({ library, nodeRedis, ioredis, iovalkey, glide });
