/**
 * Whether a text has something of a token in it: one of its parameters, or the beginning `NAME/?`. Another service's
 * presigned URL has it too; telling those apart is not done here.
 *
 * @example
 * ```ts
 * hasTokenMarks("my-cache/?Action=connect"); // true
 * hasTokenMarks("correct horse battery staple"); // false
 * ```
 */
export function hasTokenMarks(text: string): boolean {
  return (
    /X-Amz-[A-Za-z-]{4,20}=|\bAction=connect\b|[/?&]Action=/i.test(text) || /^[A-Za-z0-9][\w.:-]{0,253}\/\?/.test(text)
  );
}

/** Whether the text ends as a whole token may: with its signature, or another parameter after that. */
export function hasWholeSignature(text: string): boolean {
  return /X-Amz-Signature=[0-9a-f]{64}(?![0-9a-f])/i.test(text);
}
