import { severities } from '../../shared/alerts/severity.ts';
import { severityWords } from '../../shared/incidents/words.ts';
import { measureNames, measures } from '../../shared/metrics/measures.ts';

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const kinds: Readonly<Record<string, string>> = {
  phased: 'whose phases are known',
  unanswered: 'opened by alerts and over before anybody acknowledged them',
};

const known = (value: string | undefined) => severities.find((one) => one === value);

/** What a list of incidents behind a number is of, in words. */
export function behindWords(search: string): string {
  const asked = new URLSearchParams(search);
  const get = (name: string) => asked.get(name) ?? undefined;
  const measure = measureNames.find((one) => one === get('measure'));
  const short = measure && measures[measure].short;
  const [weekday, hour] = [get('weekday'), get('hour')];
  const parts = [
    get('open') === 'true' ? 'open now' : window(get('from'), get('to')),
    ...['severity', 'team', 'service', 'component'].flatMap((name) => {
      const value = get(name);
      const severity = known(value);
      if (severity !== undefined) return [severityWords[severity].short];
      return value === undefined ? [] : [value === '-' ? `no ${name}` : `${name} ${value}`];
    }),
    short && get('state') && `${short} ${get('state')?.replace('-', ' ')}`,
    short && get('standing') && `${short} target ${get('standing')?.replace('-', ' ')}`,
    weekday && weekdays[Number(weekday)],
    hour && `between ${hour}:00 and ${Number(hour) + 1}:00`,
    get('times')?.replace('-', ' '),
    kinds[get('only') ?? ''],
    get('zone') && `by the calendar of ${get('zone')}`,
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}

function window(from: string | undefined, to: string | undefined): string | undefined {
  const words = (at: string | undefined) =>
    at === undefined || Number.isNaN(Date.parse(at)) ? 'now' : day.format(new Date(at));
  return from === undefined && to === undefined ? undefined : `Opened from ${words(from)} to ${words(to)}`;
}
