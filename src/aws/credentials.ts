export async function sdkCredentials(..._a: unknown[]): Promise<any> { throw new Error("x"); }
