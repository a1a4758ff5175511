import * as library from "../../src/index.ts";
import { librarySuite } from "./suite.ts";

librarySuite(library);
