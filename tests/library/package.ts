// The built package by its own name, as an application imports it. Bundled and run by scripts/run-tests.ts.
import * as library from "cacheauth";
import { emulatorSuite } from "./emulator-suite.ts";
import { librarySuite } from "./suite.ts";

librarySuite(library);
emulatorSuite(library);
