import * as library from "../../src/index.ts";
import { emulatorSuite } from "./emulator-suite.ts";

emulatorSuite(library);
