#!/usr/bin/env node
/** The composition root: the runtime, the command line, the exit code. */
import { runCli } from "./cli.ts";
import { createNodeRuntime } from "./node-runtime.ts";

// Everything is written by now. Waiting for the event loop to empty would wait for idle connections.
process.exit(await runCli(await createNodeRuntime()));
