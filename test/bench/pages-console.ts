import { gzipSync } from 'node:zlib';
import { incidents, organisation } from '../frontend/answers.ts';
import { builtSites, serveSite } from '../frontend/built-site.ts';
import { open } from '../frontend/sample.ts';
import { type System, signedIn, startSystem } from '../frontend/system.ts';
import { figure, median, ratio, textTable } from './figures.ts';
import { type Load, load, noteUsable, slowPage, type Usable } from './slow-browser.ts';

const ROUNDS = 3;

interface Route extends Usable {
  readonly name: string;
  readonly path: string;
  readonly isSignedOut?: true;
}

const incident = open[0]?.id;

/** Each page of the console, and the control that people come for. */
const routes: readonly Route[] = [
  { name: 'sign in', path: '/', isSignedOut: true, selector: 'button', text: 'Sign in' },
  { name: 'list of incidents', path: '/incidents', selector: '.incidents a' },
  { name: 'declare', path: '/incidents/new', selector: 'form button[type="submit"]' },
  { name: 'incident with its room', path: `/incidents/${incident}`, selector: '.composer textarea' },
  { name: 'replay', path: `/incidents/${incident}/replay`, selector: 'button', text: 'Play' },
  { name: 'services', path: '/services', selector: '.lines a' },
  { name: 'on call', path: '/on-call', selector: '.policy .turns' },
  { name: 'status page', path: '/status', selector: 'main button' },
  { name: 'integrations', path: '/integrations', selector: 'form button[type="submit"]' },
];

const bare = { name: '(React and Mantine, one button)', isSignedOut: true, selector: 'button' } as const;

interface Loads {
  readonly cold: Load;
  readonly warm: Load;
}

/** What a page costs: medians of its loads, and its scripts. */
interface Cost {
  readonly name: string;
  readonly scripts: { readonly kilobytes: number; readonly zipped: number };
  readonly requests: number;
  readonly cold: number;
  readonly warm: number;
}

/** Each page of the console on a slow phone, beside a page of React and Mantine that has one button and asks nobody. */
export async function consolePages(): Promise<string> {
  const bareSites = builtSites('test/bench/bare-console');
  const system = await startSystem();
  const bareSite = await serveSite(bareSites.console, { scripts: true, connect: () => [] });
  system.api.use((call) => organisation(call) ?? incidents(call));
  const all = [...routes, { ...bare, path: bareSite.address }];
  const loads = new Map<Route, Loads[]>(all.map((route) => [route, []]));
  try {
    for (let round = 0; round < ROUNDS; round++)
      for (const route of all) loads.get(route)?.push(await twice(system, route));
    const costs = await Promise.all([...loads].map(([{ name }, own]) => costOf(name, own)));
    return told(costs);
  } finally {
    await Promise.all([bareSite.stop(), system.stop()]);
  }
}

/** With nothing in the cache, and once more in the same tab. */
async function twice(system: System, { path, isSignedOut, ...usable }: Route): Promise<Loads> {
  const context = await system.browser.newContext({ locale: 'en-GB' });
  try {
    const slow = await slowPage(context);
    if (!isSignedOut) await signedIn(slow.page, system);
    await noteUsable(slow.page, usable);
    const address = path.startsWith('/') ? `${system.site.address}${path}` : path;
    const cold = await load(slow, address);
    return { cold, warm: await load(slow, address) };
  } finally {
    await context.close();
  }
}

async function costOf(name: string, loads: readonly Loads[]): Promise<Cost> {
  const addresses = new Set(loads.flatMap(({ cold }) => cold.scripts));
  const files = await Promise.all([...addresses].map(async (one) => (await fetch(one)).arrayBuffer()));
  const sum = (sizes: readonly number[]) => sizes.reduce((a, b) => a + b, 0) / 1_000;
  return {
    name,
    scripts: {
      kilobytes: sum(files.map(({ byteLength }) => byteLength)),
      zipped: sum(files.map((file) => gzipSync(file).length)),
    },
    requests: median(loads.map(({ cold }) => cold.requests)),
    cold: median(loads.map(({ cold }) => cold.usable)),
    warm: median(loads.map(({ warm }) => warm.usable)),
  };
}

function told(costs: readonly Cost[]): string {
  const least = costs.at(-1);
  const rows = costs.map(({ name, scripts, requests, cold, warm }) => [
    name,
    ...[scripts.kilobytes, scripts.zipped, requests, cold, warm].map(figure),
    ratio(scripts.zipped, least?.scripts.zipped ?? Number.NaN),
    ratio(cold, least?.cold ?? Number.NaN),
    ratio(warm, least?.warm ?? Number.NaN),
  ]);
  return [
    `  console, until the main control of each page is there, median of ${ROUNDS} in turns; the last line is the baseline`,
    textTable(['', 'JS KB', 'gzip', 'requests', 'cold ms', 'warm ms', 'ratio gzip', 'cold', 'warm'], rows),
  ].join('\n');
}
