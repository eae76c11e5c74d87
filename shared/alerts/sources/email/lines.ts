/** What a mail may say in lines of its own, such as `Severity: critical`. */
const names = {
  key: ['key', 'alert key', 'alert id', 'problem id'],
  state: ['state', 'status', 'notification type'],
  severity: ['severity', 'priority', 'urgency', 'level'],
  service: ['service', 'service name', 'application', 'component'],
  host: ['host', 'hostname', 'host name', 'address'],
} as const;

export type LineName = keyof typeof names;

const byName: ReadonlyMap<string, LineName> = new Map(
  (Object.keys(names) as LineName[]).flatMap((name) => names[name].map((word) => [word, name] as const)),
);

/** Lines that are looked at; below them are quotations and signatures. */
const LINES = 60;

/** The first line of each name in a text; names of more than one word as Nagios, Zabbix and others write them. */
export function namedLines(text: string): Readonly<Partial<Record<LineName, string>>> {
  const found: Partial<Record<LineName, string>> = {};
  for (const line of text.split('\n', LINES)) {
    const [, word = '', value = ''] =
      /^\s{0,8}([A-Za-z][A-Za-z -]{1,30}?)\s{0,8}[:=]\s{0,8}(\S.{0,200})/.exec(line) ?? [];
    const name = byName.get(word.toLowerCase());
    if (name !== undefined && found[name] === undefined) found[name] = value.trim();
  }
  return found;
}

/** The first addresses of a text. */
export function addressesIn(text: string): readonly string[] {
  const found = text.match(/https?:\/\/[^\s<>"')\]]{1,900}/g) ?? [];
  return found.slice(0, 4).map((address) => address.replace(/[.,;:!?]+$/, ''));
}
