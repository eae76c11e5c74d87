import type { ComponentView } from '../../shared/status/view.ts';
import { dayWords, lengthWords, statusWords } from './words.ts';

type Uptime = ComponentView['uptime'];
type Trouble = Uptime['days'][number];

const DAY = 86_400_000;

/** The place of a day among the bars, from 0. */
const placeOf = (day: string, { from }: Uptime): number =>
  Math.round((Date.parse(day) - Date.parse(from)) / DAY);

/** A day of trouble in words. */
export const troubleWords = ({ day, status, seconds }: Trouble): string =>
  `${dayWords(day)}: ${statusWords[status]}${seconds > 0 ? ` for ${lengthWords(seconds)}` : ''}`;

/** Days in a row without trouble, or that are not known: from a place on, so many. */
interface Run {
  readonly at: number;
  readonly count: number;
  readonly known: boolean;
}

function runsOf(uptime: Uptime): readonly Run[] {
  const [count, since] = [placeOf(uptime.to, uptime) + 1, placeOf(uptime.since, uptime)];
  const troubled = uptime.days.map(({ day }) => placeOf(day, uptime));
  const edges = [0, since, ...troubled.flatMap((at) => [at, at + 1]), count];
  const sorted = [...new Set(edges)].filter((at) => at >= 0 && at <= count).sort((a, b) => a - b);
  return sorted.flatMap((at, i) => {
    const end = sorted[i + 1];
    return end === undefined || troubled.includes(at) ? [] : [{ at, count: end - at, known: at >= since }];
  });
}

/** What the bars say, for those who do not see them. */
function said({ percent, days }: Uptime, name: string): string {
  const share = percent === undefined ? '' : `: ${percent} %`;
  const troubled = days.length === 0 ? 'no day with trouble' : `${days.length} with trouble or maintenance`;
  return `${name}, uptime in 90 days${share}, ${troubled}`;
}

/** One bar a day. Days alike that follow each other are one dashed line, so that a page of many components stays small. */
export function Bars({ uptime, name }: { readonly uptime: Uptime; readonly name: string }) {
  const count = placeOf(uptime.to, uptime) + 1;
  return (
    <svg
      className="bars"
      viewBox={`0 0 ${count} 10`}
      preserveAspectRatio="none"
      role="img"
      aria-label={said(uptime, name)}
    >
      {runsOf(uptime).map(({ at, count, known }) => (
        <path key={at} className={known ? 'ok' : 'unknown'} d={`M${at} 5h${count}`} />
      ))}
      {uptime.days.map((one) => (
        <path key={one.day} className={one.status} d={`M${placeOf(one.day, uptime)} 5h.7`}>
          <title>{troubleWords(one)}</title>
        </path>
      ))}
    </svg>
  );
}
