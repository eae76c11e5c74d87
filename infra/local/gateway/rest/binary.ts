/** Whether a media type is one of the API's binary media types, which may hold `*` parts such as in all or image/all. */
export function binaryMatcher(patterns: readonly string[]): (mediaType: string) => boolean {
  const parsed = patterns.map((pattern) => pattern.replaceAll('~1', '/').toLowerCase().split('/'));
  return (header) => {
    const [type = '', subtype = ''] = (header.split(/[;,]/)[0] ?? '').trim().toLowerCase().split('/');
    return parsed.some(
      ([first, second]) => (first === '*' || first === type) && (second === '*' || second === subtype),
    );
  };
}
