export function createToken() {}
