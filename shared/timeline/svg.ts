import { lasting } from '../kernel/index.ts';
import { type Drawing, drawingOf, type Mark, measures, viewOf } from './drawing.ts';
import { laneNames } from './event.ts';
import type { PhaseName } from './phases.ts';
import type { DrawnTimeline } from './view.ts';

/** The colours of a static drawing, which stand on white: it goes into pages, documents and print. */
const ink = {
  text: '#1f2933',
  soft: '#52606d',
  line: '#d9e2ec',
  mark: '#52606d',
  key: '#0b5cad',
  gap: '#c2410c',
};

/** The colours of phases; each is named beside its bar too. */
export const phaseColours: Readonly<Record<PhaseName, string>> = {
  impact: '#e8b4b8',
  detection: '#f4cf9b',
  acknowledgement: '#f2e08c',
  mobilisation: '#b9dcd2',
  mitigation: '#b7cdea',
  resolution: '#c9d8b6',
};

/** The drawing of a timeline as an SVG document: text, lines and circles with their colours, nothing active, no font of its own. */
export function timelineSvg(timeline: DrawnTimeline, width = 960): string {
  const drawing = drawingOf(timeline, viewOf(timeline, width));
  const { height } = drawing;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${drawing.width} ${height}" width="${drawing.width}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="11">`,
    `<title>${escaped(`Timeline of ${timeline.name}: ${timeline.title}`)}</title>`,
    ...axis(drawing),
    ...phaseBars(drawing),
    ...gapStretches(drawing, timeline),
    ...drawing.rows.map(({ lane, y }) => label(laneNames[lane], y)),
    ...drawing.marks.map(mark),
    '</svg>',
  ].join('\n');
}

const px = (value: number): string => String(Math.round(value * 10) / 10);

function axis({ ticks, rows, width, height }: Drawing): readonly string[] {
  const lines = rows.map(
    ({ y }) =>
      `<line x1="${measures.margin}" x2="${px(width - measures.right)}" y1="${px(y)}" y2="${px(y)}" stroke="${ink.line}"/>`,
  );
  const times = ticks.flatMap(({ x, text }) => [
    `<line x1="${px(x)}" x2="${px(x)}" y1="${measures.axis - 4}" y2="${px(height - 4)}" stroke="${ink.line}"/>`,
    `<text x="${px(x)}" y="${measures.axis - 8}" text-anchor="middle" fill="${ink.soft}">${escaped(text)}</text>`,
  ]);
  return [...times, ...lines];
}

/** A letter of this size is some six pixels wide: a name that would not fit into its bar is left to the list of phases. */
const LETTER = 6;

function phaseBars({ phases }: Drawing): readonly string[] {
  return phases.map(({ name, x, y, width }) => {
    const bar = `<rect x="${px(x)}" y="${y}" width="${px(width)}" height="${measures.phase}" rx="3" fill="${phaseColours[name]}"/>`;
    if (name.length * LETTER + 8 > width) return bar;
    return `${bar}<text x="${px(x + 4)}" y="${y + 13}" fill="${ink.text}">${name}</text>`;
  });
}

function gapStretches({ gaps, height }: Drawing, timeline: DrawnTimeline): readonly string[] {
  const top = measures.axis + 2 * measures.phase + 4;
  return gaps.map(({ x, width, index }) => {
    const gap = timeline.gaps[index];
    const said = gap ? `Silence of ${lasting(gap.to - gap.from)}` : '';
    return `<rect x="${px(x)}" y="${top}" width="${px(width)}" height="${px(height - top - 6)}" fill="none" stroke="${ink.gap}" stroke-dasharray="4 3"><title>${escaped(said)}</title></rect>`;
  });
}

const label = (text: string, y: number): string =>
  `<text x="${measures.margin - 8}" y="${px(y + 4)}" text-anchor="end" fill="${ink.text}">${escaped(text)}</text>`;

function mark({ x, y, key, events }: Mark): string {
  const { length } = events;
  const colour = key ? ink.key : ink.mark;
  const told = events
    .slice(0, 3)
    .map(({ text, quote }) => (quote === undefined ? text : `${text} “${quote}”`));
  const title = `<title>${escaped(told.join(' '))}</title>`;
  const radius = length > 1 ? measures.radius + 2 : key ? measures.radius : measures.radius - 2;
  const circle = `<circle cx="${px(x)}" cy="${px(y)}" r="${radius}" fill="${colour}">${title}</circle>`;
  if (length === 1) return circle;
  const count = length > 99 ? '99+' : String(length);
  return `${circle}<text x="${px(x)}" y="${px(y + 3)}" text-anchor="middle" font-size="8" fill="#ffffff">${count}</text>`;
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text for an element; characters that XML cannot hold are left out. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"]/g, (letter) => references[letter] ?? '');
}
