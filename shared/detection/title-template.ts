/** Longer titles do not come in; what is beyond is not read. */
const LONGEST = 1_000;

/** Text in quotes: the opening one begins a word and the closing one ends it, so that an apostrophe is none. */
const quoted = /(^|[\s=:,([{])(?:"[^"]{0,300}"|'[^']{0,300}'|`[^`]{0,300}`)(?=$|[\s.,;:!?)\]}])/g;

/** What stands around a word and is none of it. */
const around = /^([([{"'`]{0,5})(.*?)([)\]}"'`.,;:!?]{0,5})$/s;

const isTime =
  /^\d{4}-\d{2}-\d{2}(?:T[\d:.]{4,18}(?:Z|[+-]\d{2}:?\d{2})?)?$|^\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?Z?$/;
const isAddress =
  /^(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2})?(?::\d{1,5})?$|^\[?(?=[\da-f:]*:[\da-f:]*:)[\da-f:]{3,45}\]?$/i;
const isHost = /^(?:[a-z\d_-]{1,63}\.){1,10}[a-z][a-z-]{1,62}(?::\d{1,5})?$/i;
const isUrl = /^[a-z][a-z\d+.-]{1,20}:\/\/\S+$/i;
const isMail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const isHex =
  /^(?:0x[\da-f]+|(?=\d*[a-f])(?=[a-f]*\d)[\da-f]{8,}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;
const isPlaceholder = /^<[a-z]+>/;
/** A number with its sign and its unit, which stays: `93.5%`, `-120ms`, `1,000`. */
const number = /^([+-]?)\d[\d.,_]*(%|[a-zµ°]{1,3}(?:\/[a-z]{1,3})?)?$/i;

/**
 * The title without what differs from one alert to the next of its kind: numbers, times, ids, hosts and addresses, hexadecimal and
 * quoted text, each replaced by a placeholder (`<n>`, `<time>`, `<id>`, `<host>`, `<hex>`, `<text>`). Time grows linearly.
 */
export function titleTemplate(title: string): string {
  return title
    .slice(0, LONGEST)
    .replaceAll(quoted, '$1<text>')
    .split(/\s+/)
    .filter(Boolean)
    .map(assigned)
    .join(' ');
}

/** Of `name=value` the name stays. */
function assigned(word: string): string {
  const place = isUrl.test(word) || isPlaceholder.test(word) ? -1 : word.indexOf('=');
  const isNamed = place > 0 && /^[\w.-]+$/.test(word.slice(0, place));
  return isNamed ? `${word.slice(0, place + 1)}${masked(word.slice(place + 1))}` : masked(word);
}

function masked(word: string): string {
  if (isPlaceholder.test(word)) return word;
  const [, before = '', inside = '', after = ''] = around.exec(word) ?? [];
  return `${before}${placeholderFor(inside)}${after}`;
}

function placeholderFor(word: string): string {
  if (isPlaceholder.test(word)) return word;
  if (isTime.test(word)) return '<time>';
  if (isUrl.test(word) || isMail.test(word) || isAddress.test(word)) return '<host>';
  if (isHex.test(word)) return '<hex>';
  const [isNumber, , unit = ''] = number.exec(word) ?? [];
  if (isNumber !== undefined) return `<n>${unit}`;
  if (isHost.test(word)) return '<host>';
  return /\d/.test(word) ? listed(word) : word;
}

/** A word with digits in it is an id, each part by itself where a list or a way is told: `api/v2/users/12`, `1/3`. */
function listed(word: string): string {
  if (!/[/,|]/.test(word)) return '<id>';
  return word
    .split(/([/,|])/)
    .map((part, i) => (i % 2 === 1 || part === '' ? part : placeholderFor(part)))
    .join('');
}
