/** A line for a shell whose calls of curl trust a certificate, if one is to be trusted; other commands are left as they are. */
export function trusting(line: string, certificateAuthority: string | undefined): string {
  if (certificateAuthority === undefined) return line;
  const file = `'${certificateAuthority.replaceAll("'", `'\\''`)}'`;
  return line.replaceAll(/(^|&& )curl /g, (_, before) => `${before}curl --cacert ${file} `);
}
