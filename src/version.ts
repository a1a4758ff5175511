/** The version in package.json; a test holds the two equal. A module, for reading a file costs a start 2 ms. */
export const version: string = "0.1.0";
