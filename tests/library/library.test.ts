import * as library from "../../src/index.ts";
import { providerSuite } from "./provider-suite.ts";
import { librarySuite } from "./suite.ts";
import { wordsSuite } from "./words-suite.ts";

librarySuite(library);
providerSuite(library);
wordsSuite(library);
