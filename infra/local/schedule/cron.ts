const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const minute = 60_000;
const horizon = 5 * 366;

interface Field {
  readonly from: number;
  readonly to: number;
  readonly names: readonly string[];
}

const fields: readonly Field[] = [
  { from: 0, to: 59, names: [] },
  { from: 0, to: 23, names: [] },
  { from: 1, to: 31, names: [] },
  { from: 1, to: 12, names: months },
  { from: 1, to: 7, names: days },
  { from: 1970, to: 2199, names: [] },
];

/** Reads the six fields of an AWS cron expression (UTC); gives the first instant after a given one. */
export function cronNext(expression: string): (after: number) => number {
  const texts = expression.trim().split(/\s+/);
  if (texts.length !== fields.length)
    throw new Error(`A cron expression has six fields, got "${expression}"`);
  const [minutes, hours, dates, monthsOfYear, weekdays, years] = fields.map((field, index) =>
    parseField(texts[index] ?? '', field, expression),
  );
  const onDay = (at: Date) =>
    years?.has(at.getUTCFullYear()) &&
    monthsOfYear?.has(at.getUTCMonth() + 1) &&
    dates?.has(at.getUTCDate()) &&
    weekdays?.has(at.getUTCDay() + 1);
  return (after) => {
    const first = (Math.floor(after / minute) + 1) * minute;
    const day = new Date(first).setUTCHours(0, 0, 0, 0);
    for (let ahead = 0; ahead < horizon; ahead += 1) {
      const begin = day + ahead * 1_440 * minute;
      if (!onDay(new Date(begin))) continue;
      for (let at = Math.max(begin, first); at < begin + 1_440 * minute; at += minute) {
        const time = new Date(at);
        if (hours?.has(time.getUTCHours()) && minutes?.has(time.getUTCMinutes())) return at;
      }
    }
    return Number.POSITIVE_INFINITY;
  };
}

function parseField(text: string, field: Field, expression: string): Set<number> {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(\*|\?|[A-Z\d]+)(?:-([A-Z\d]+))?(?:\/(\d+))?$/.exec(part.toUpperCase());
    if (match === null) throw new Error(`The local runner cannot read "${part}" in cron(${expression})`);
    const [, first = '*', last, step] = match;
    const all = first === '*' || first === '?';
    const from = all ? field.from : numberOf(first, field, expression);
    const to =
      last === undefined ? (all || step !== undefined ? field.to : from) : numberOf(last, field, expression);
    for (let value = from; value <= to; value += Number(step ?? 1)) found.add(value);
  }
  return found;
}

function numberOf(text: string, field: Field, expression: string): number {
  const named = field.names.indexOf(text);
  const value = named >= 0 ? named + 1 : Number(text);
  if (Number.isInteger(value) && value >= field.from && value <= field.to) return value;
  throw new Error(`The local runner cannot read "${text}" in cron(${expression})`);
}
