export async function profileRegion(_host: unknown, _p: string|undefined): Promise<{region:string,profile:string}|null> { return null; }
