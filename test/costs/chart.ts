/** One bar; `parts` lie one after another. */
export interface Bar {
  readonly name: string;
  readonly parts: readonly { readonly value: number; readonly tone: Tone }[];
  /** What stands behind the bar. */
  readonly text: string;
}

/** Shades that also differ for people who see no colours. */
const tones = {
  main: '#2f6f9f',
  mail: '#a9c4d6',
  traces: '#e0a458',
} as const;
export type Tone = keyof typeof tones;

export interface Chart {
  readonly title: string;
  readonly bars: readonly Bar[];
  /** What the shades mean; left out where there is only one. */
  readonly legend?: Readonly<Partial<Record<Tone, string>>>;
}

const WIDTH = 760;
const NAMES = 330;
const LENGTH = 320;
const ROW = 26;
const TOP = 54;

/** A drawing of bars, as the text of an SVG that needs nothing else. Light ground, so that it reads on dark pages too. */
export function drawn({ title, bars, legend = {} }: Chart): string {
  const longest = Math.max(...bars.map(({ parts }) => parts.reduce((all, { value }) => all + value, 0)));
  const height = TOP + bars.length * ROW + 12;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}" font-family="sans-serif" font-size="12">`,
    `  <rect width="${WIDTH}" height="${height}" rx="6" fill="#fbfaf7"/>`,
    `  <text x="14" y="24" font-size="14" font-weight="bold" fill="#222">${escaped(title)}</text>`,
    ...legendOf(legend),
    ...bars.flatMap((bar, row) => barOf(bar, TOP + row * ROW, LENGTH / longest)),
    '</svg>\n',
  ].join('\n');
}

function legendOf(legend: Readonly<Partial<Record<Tone, string>>>): readonly string[] {
  return (Object.entries(legend) as [Tone, string][]).flatMap(([tone, text], i) => [
    `  <rect x="${14 + i * 230}" y="34" width="10" height="10" fill="${tones[tone]}"/>`,
    `  <text x="${28 + i * 230}" y="43" fill="#444">${escaped(text)}</text>`,
  ]);
}

function barOf({ name, parts, text }: Bar, y: number, scale: number): readonly string[] {
  let x = NAMES;
  const drawn = parts.map(({ value, tone }) => {
    const width = round(value * scale);
    const rect = `  <rect x="${round(x)}" y="${y + 4}" width="${width}" height="16" fill="${tones[tone]}"/>`;
    x += width;
    return rect;
  });
  return [
    `  <text x="${NAMES - 8}" y="${y + 16}" text-anchor="end" fill="#222">${escaped(name)}</text>`,
    ...drawn,
    `  <text x="${round(x + 6)}" y="${y + 16}" fill="#222">${escaped(text)}</text>`,
  ];
}

const round = (value: number): number => Math.round(value * 10) / 10;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
