import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alertmanagerBody } from '../support/alertmanager.ts';
import { type App, startApp } from '../support/app.ts';
import { synthesizeWith } from '../support/synthesize-with.ts';
import { altered } from './altered.ts';
import { type Counted, Counter, perOne } from './counter.ts';
import { otherWaysIn } from './other-ways-in.ts';

/** What was counted for one of each thing that happens. */
export type Scenarios = Readonly<Record<ScenarioName, Counted>>;

/** What is counted; of what comes many a POST, one alert. */
export const scenarioNames = {
  opens: 'an alert that opens an incident, with its page',
  opens10: 'the same, ten such alerts a POST',
  page: 'the next page, when nobody answers',
  acknowledge: 'an acknowledgement by the link in the e-mail',
  joins: 'an alert that joins an open incident',
  group64: 'the same, 64 alerts a POST',
  repeat: 'an alert that is repeated',
  repeat64: 'the same, 64 different alerts a POST',
  storm64: 'the same, ten alerts again and again, 64 a POST',
  resolve: 'the end of an alert, and of its incident',
  mailed: 'a mail that opens an incident, with its page',
  beat: 'a call of a heartbeat',
} as const;
export type ScenarioName = keyof typeof scenarioNames;

/** What follows from one another, and so can only be counted together. */
export const chains = {
  alone: ['opens', 'page', 'acknowledge', 'joins', 'repeat', 'resolve'],
  ten: ['opens10'],
  group: ['group64', 'repeat64', 'storm64'],
  mail: ['mailed'],
  heartbeat: ['beat'],
} as const satisfies Readonly<Record<string, readonly ScenarioName[]>>;
export type Chain = keyof typeof chains;

/** All that was counted: what happens, a minute in which nothing does, and the metrics that functions emit. */
export interface Counts {
  readonly scenarios: Scenarios;
  readonly minute: Counted;
  readonly metrics: readonly string[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Until the next level, in milliseconds: longer than the ten minutes of ten openings, shorter than what a queue delays. */
const DELAY = 14 * MINUTE;
const REMOVED_AFTER = 41 * MINUTE;
/** After this much time everything has been sent a second time and counted. */
const SETTLED = 3 * MINUTE;

/** Counts what one of each takes, each played so many times, and what an idle minute takes. */
export async function countAll(assembly: string, times: number): Promise<Counts> {
  const all = Object.keys(chains) as Chain[];
  const scenarios = (await countScenarios(assembly, times, all)) as Scenarios;
  return { scenarios, ...(await idleMinute(assembly, times)) };
}

async function idleMinute(assembly: string, times: number): Promise<Omit<Counts, 'scenarios'>> {
  const { app, count, counter } = await counted(assembly);
  try {
    await minutes(app, 2);
    // The canary removes what it made forty minutes before, so there must be as much to remove.
    await minutes(app, times);
    await app.system.clock.fastForward(REMOVED_AFTER - times * MINUTE);
    const minute = await count(times, () => minutes(app, times));
    return { minute, metrics: counter.metrics };
  } finally {
    await app.stop();
  }
}

async function minutes(app: App, many: number): Promise<void> {
  for (let i = 0; i < many; i++) await app.system.clock.fastForward(MINUTE);
}

/** Plays these chains, each scenario so many times, each in a minute of its own, and counts what one of them takes. */
export async function countScenarios(
  assembly: string,
  times: number,
  which: readonly Chain[],
): Promise<Partial<Scenarios>> {
  const usual = which.filter((chain) => chain !== 'mail');
  const counted = usual.length === 0 ? {} : await playStill(assembly, times, usual);
  return which.includes('mail') ? { ...counted, ...(await countMail(times)) } : counted;
}

/** Only a deployment with a domain for mail receives any. */
async function countMail(times: number): Promise<Partial<Scenarios>> {
  const folder = await mkdtemp(join(tmpdir(), 'receives-mail-'));
  try {
    await synthesizeWith({ inboundDomain: 'alerts.example.com' }, folder);
    return await playStill(folder, times, ['mail']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Plays while nothing runs by the clock: what is counted then belongs to what was sent. */
async function playStill(
  assembly: string,
  times: number,
  which: readonly Chain[],
): Promise<Partial<Scenarios>> {
  const still = await altered(assembly, ({ Type }) => Type === 'AWS::Events::Rule', { State: 'DISABLED' });
  try {
    return await playThese(still.folder, times, which);
  } finally {
    await still.remove();
  }
}

async function playThese(
  assembly: string,
  times: number,
  which: readonly Chain[],
): Promise<Partial<Scenarios>> {
  const { app, count } = await counted(assembly);
  const play = player(app);
  const parts = [];
  try {
    await oneTargetALevel(app);
    await play.each(times, (i) => play.fire([`warm-${i}`]));
    for (const chain of which) {
      await play.quiet();
      parts.push(await counting[chain](play, count, times));
    }
    return Object.assign({}, ...parts);
  } finally {
    await app.stop();
  }
}

type Counting<Names extends Chain> = (
  play: Player,
  count: Count,
  times: number,
) => Promise<Pick<Scenarios, (typeof chains)[Names][number]>>;

/** How each chain is counted. */
const counting: { readonly [Name in Chain]: Counting<Name> } = {
  async alone(play, count, times) {
    const each = (one: (i: number) => Promise<unknown>, many = times) =>
      count(many, () => play.each(many, one));
    return {
      opens: await each((i) => play.fire([`service-${i}`])),
      page: await count(times, () => play.pass(DELAY)),
      acknowledge: await each((i) => play.acknowledge(i)),
      joins: await each((i) => play.fire(['service-0'], `Joins${i}`)),
      repeat: await each((i) => play.fire([`service-${i}`])),
      resolve: await each((i) => play.resolve([`service-${i + 1}`]), times - 1),
    };
  },
  async ten({ each, fire }, count, times) {
    const ten = (round: number) => Array.from({ length: 10 }, (_, i) => `ten-${round}-${i}`);
    return { opens10: await count(10 * times, () => each(times, (i) => fire(ten(i)))) };
  },
  async group({ each, fire, quiet }, count, times) {
    const group = Array.from({ length: BATCH }, (_, i) => `member-${i}`);
    const storm = Array.from({ length: BATCH }, (_, i) => `member-${i % 10}`);
    const group64 = await count(BATCH, () => each(1, () => fire(group)));
    await quiet();
    // What an alert says is kept once a day when it comes again; that is not counted for each repeat.
    await each(1, () => fire(group));
    await quiet();
    const repeat64 = await count(BATCH * times, () => each(times, () => fire(group)));
    const storm64 = await count(BATCH * POSTS, () =>
      each(1, async () => {
        for (let i = 0; i < POSTS; i++) await fire(storm);
      }),
    );
    return { group64, repeat64, storm64 };
  },
  async mail({ each, mail, quiet }, count, times) {
    await mail('warm');
    await quiet();
    return { mailed: await count(times, () => each(times, (i) => mail(`mailed-${i}`))) };
  },
  async heartbeat({ each, beat, quiet }, count, times) {
    await beat();
    await quiet();
    return { beat: await count(times, () => each(times, beat)) };
  },
};

const BATCH = 64;
const POSTS = 10;

type Count = (many: number, what: () => Promise<unknown>) => Promise<Counted>;

/** A system of its own, and what counts in it; nothing of it is permitted or refused by the watch of stories. */
async function counted(
  assembly: string,
): Promise<{ readonly app: App; readonly count: Count; readonly counter: Counter }> {
  const counter = new Counter();
  const { observe, invoked } = counter;
  // Whatever runs every minute is billed, the canary too.
  const app = await startApp({ assembly, watched: false, observe, invoked, paused: [] });
  return {
    ...{ app, counter },
    async count(many, what) {
      counter.take(app.system.data);
      await what();
      await app.system.idle();
      return perOne(counter.take(app.system.data), many);
    },
  };
}

/** One person a level, whose turn comes as late as one delayed message lets it. */
async function oneTargetALevel({ call }: App): Promise<void> {
  const { body, headers } = await call('GET', '/api/config');
  const before = body.configuration as { readonly policies: readonly object[] };
  const levels = [
    { targets: ['per_ada'], delay: DELAY / 1_000 },
    { targets: ['per_grace'], delay: DELAY / 1_000 },
  ];
  const policies = before.policies.map((policy) => ({ ...policy, levels, repeat: 0 }));
  await call('PUT', '/api/config', { ...before, policies }, { 'if-match': headers.get('etag') ?? '' });
}

type Player = ReturnType<typeof player>;

function player(app: App) {
  const { clock } = app.system;
  const startsAt = new Date(clock.now()).toISOString();
  const alerts = (services: readonly string[], name: string, endsAt?: string) =>
    alertmanagerBody(
      services.map((service) => ({
        labels: {
          alertname: name,
          severity: 'critical',
          service: serviceOf(service),
          instance: `${service}.example.com`,
        },
        startsAt,
        ...(endsAt !== undefined && { endsAt }),
      })),
    );
  const send = async (body: unknown) => {
    const { status } = await app.send('alertmanager', body);
    if (status !== 202) throw new Error(`A webhook was answered with ${status}`);
  };
  return {
    fire: (services: readonly string[], name = 'LatencyHigh') => send(alerts(services, name)),
    resolve: (services: readonly string[]) =>
      send(alerts(services, 'LatencyHigh', new Date(clock.now()).toISOString())),
    async acknowledge(i: number): Promise<void> {
      const mails = await app.mailbox('ada@example.com');
      const mail = mails.find(({ body }) => body.text.includes(`service=service-${i}\n`));
      const link = /^Acknowledge: (\S+)/m.exec(mail?.body.text ?? '')?.[1];
      if (link === undefined) throw new Error(`No mail tells of service-${i}`);
      const { status } = await fetch(link, { method: 'POST' });
      if (status !== 200) throw new Error(`The link was answered with ${status}`);
    },
    ...otherWaysIn(app),
    pass: (time: number) => clock.fastForward(time),
    /** Until nobody is left to be paged. */
    quiet: () => clock.fastForward(HOUR),
    /** One after another, each in a minute of its own, and then as long as anything comes of it. */
    async each(many: number, one: (i: number) => Promise<unknown>): Promise<void> {
      for (let i = 0; i < many; i++) {
        await one(i);
        await clock.fastForward(MINUTE);
      }
      await clock.fastForward(SETTLED);
    },
  };
}

/** The members of a group belong to one service. */
const serviceOf = (name: string): string => name.replace(/^member-\d+$/, 'members');
