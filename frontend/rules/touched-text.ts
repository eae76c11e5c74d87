import type { Note } from './use-rules.ts';

const words: Readonly<Record<string, string>> = {
  people: 'people',
  schedules: 'schedules',
  policies: 'policies',
  rules: 'rules',
  services: 'services',
  postmortemTemplates: 'templates of post-mortems',
  detection: 'settings of detection',
  warRoom: 'settings of war rooms',
  runbooks: 'settings of runbooks',
  shadow: 'shadow rules',
};

const MOST = 8;

/** What a version touched, in one line; empty where that is not known, or where it touched nothing. */
export function touchedText({ touched }: Note): string {
  if (touched === undefined) return '';
  const lists = Object.entries(touched.lists).map(([name, ids]) => {
    const more = ids.length > MOST ? ` and ${ids.length - MOST} more` : '';
    return `${words[name] ?? name} ${ids.slice(0, MOST).join(', ')}${more}`;
  });
  const all = [...lists, ...touched.settings.map((name) => words[name] ?? name)];
  return all.length === 0 ? '' : `Touched: ${all.join('; ')}`;
}
