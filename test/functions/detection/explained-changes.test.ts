import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAlertRecord } from '../../../functions/alerts/alert-record.ts';
import { replaceConfiguration } from '../../../functions/aws/configuration.ts';
import {
  type Configuration,
  emptyConfiguration,
  placesOtherwise,
} from '../../../shared/configuration/index.ts';
import type { AlertExplanation } from '../../../shared/detection/index.ts';
import {
  explainAlert,
  Inhibitions,
  inhibitionSchema,
  type Rule,
  ruleSchema,
  waitingPart,
} from '../../../shared/detection/index.ts';
import { type OrganisationId, system } from '../../../shared/kernel/index.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';
import { maintenance, silence } from '../../support/silences.ts';

let engine: { stop(): Promise<void> };
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const ruled = (rule: object): Rule => ruleSchema.parse({ name: 'A rule', ...rule });
const all = ruled({ id: 'all', name: 'All', group: { by: ['title'] } });
const counting = ruled({ id: 'count', name: 'Count', conditions: { threshold: 3, timeWindow: 300 } });
const recording = ruled({ id: 'record', name: 'Record', actions: { createIncident: false } });

let worlds = 0;

/** Alerts that are told by the second while rules change, and what is said of them. */
class Told {
  readonly org = `org_TOLD${++worlds}` as OrganisationId;
  private version = 0;
  private before: Configuration = emptyConfiguration;
  world!: DetectionOnEngine;
  /** Those of the next rules. */
  inhibitions: readonly ReturnType<typeof inhibitionSchema.parse>[] = [];

  async rules(second: number, ...rules: readonly Rule[]): Promise<void> {
    const detection = { ...emptyConfiguration.detection, inhibitions: [...this.inhibitions] };
    const next: Configuration = { ...emptyConfiguration, rules: [...rules], detection };
    await replaceConfiguration(this.org, this.version++, next, {
      ...{
        actor: system('test'),
        at: epoch + second * 1_000,
        placesOtherwise: placesOtherwise(this.before, next),
      },
    });
    this.before = next;
    this.world = new DetectionOnEngine(this.org, rules, { inhibitions: new Inhibitions(this.inhibitions) });
    this.world.now = epoch + second * 1_000;
  }

  async fires(second: number, title: string, more: object = {}): Promise<void> {
    await this.tell(second, signal(title, 'firing', second, { title, service: 'checkout', ...more }));
  }

  async tell(second: number, one: ReturnType<typeof signal>): Promise<void> {
    this.world.now = epoch + second * 1_000;
    await this.world.receive([post(one)]);
  }

  async sweep(...seconds: readonly number[]): Promise<void> {
    for (const second of seconds) {
      this.world.now = epoch + second * 1_000;
      await this.world.lapse();
      await this.world.settle();
      await this.world.release();
    }
  }

  async said(title: string): Promise<AlertExplanation> {
    const record = await readAlertRecord(this.org, fingerprint(title), this.world.now);
    if (!record) throw new Error(`Nothing is known of ${title}`);
    return explainAlert(record);
  }
}

const textOf = ({ summary, steps }: AlertExplanation): string =>
  [summary, ...steps.flatMap(({ text, lines = [] }) => [text, ...lines])].join('\n');

const incidentsOf = async ({ world }: Told) => [...(await world.read()).incidents.values()];

describe('the explanation of an alert whose last firing differs from those before', () => {
  it('tells that it became more severe, and its incident names it', async () => {
    const told = new Told();
    await told.rules(0, all);
    await told.fires(10, 'a', { severity: 'P3_MEDIUM' });
    await told.fires(70, 'a', { severity: 'P1_CRITICAL' });
    const text = textOf(await told.said('a'));
    expect(text).toContain('What was received last says P1 Critical; it had come in as P3 Medium');
    expect(text).not.toContain('changes nothing');
    const [incident] = await incidentsOf(told);
    expect(incident?.severity).toBe('P1_CRITICAL');
  });

  it('tells that the last one waits, where an earlier one is in an incident', async () => {
    const told = new Told();
    await told.rules(0, all);
    await told.fires(10, 'a');
    await told.rules(100, counting, all);
    await told.fires(300, 'a', { severity: 'P1_CRITICAL' });
    const said = await told.said('a');
    expect(said.outcome).toBe('waiting');
    expect(said.summary).toContain('It waits: 1 of the 3 distinct alerts');
    expect(said.summary).toContain('An earlier firing came into one');
  });

  it('tells that a rule records the last one, where an earlier one is in an incident', async () => {
    const told = new Told();
    await told.rules(0, all);
    await told.fires(10, 'a');
    await told.rules(100, recording);
    await told.fires(300, 'a');
    const said = await told.said('a');
    expect(said.outcome).toBe('suppressed');
    expect(said.summary).toContain("as rule 'Record' says");
  });
});

describe('the explanation of what waited when rules changed', () => {
  it('tells before it is looked at that it will be, and later that it was', async () => {
    const told = new Told();
    await told.rules(0, counting, all);
    await told.fires(10, 'a');
    await told.rules(600, all);
    const before = await told.said('a');
    expect(before.outcome).toBe('waiting');
    expect(before.summary).toContain('within three minutes');
    await told.sweep(661, 722);
    const text = textOf(await told.said('a'));
    expect(text).toContain(
      "It had waited before that (Rule 'Count' counts it), until the rules were changed",
    );
  });

  it('is not counted once more where the rules of before come back', async () => {
    const told = new Told();
    await told.rules(0, counting, all);
    await told.fires(1, 'a');
    await told.fires(2, 'b');
    await told.rules(20, all);
    await told.sweep(81, 142);
    expect(await incidentsOf(told)).toHaveLength(2);
    await told.rules(150, counting, all);
    await told.fires(160, 'c');
    await told.sweep(220, 280);
    expect(await incidentsOf(told)).toHaveLength(2);
    expect((await told.said('c')).summary).toContain('1 of the 3');
  });
});

describe('the explanation of an alert that is held back', () => {
  const title = [{ name: 'title', op: '=', value: 'a' }] as const;

  it('tells that a silence until it is resolved has ended with it', async () => {
    const told = new Told();
    await told.rules(0, all);
    await told.world.silence([silence(0, 6_000, title, { untilResolved: true })]);
    await told.fires(10, 'a');
    await told.tell(20, signal('a', 'resolved', 20));
    await told.sweep(60);
    const { summary } = await told.said('a');
    expect(summary).toMatch(
      /held it back until it was resolved, at .+ Its next firing is not held back by that\./,
    );
  });

  it('tells of each what holds it back by itself, where one follows the other', async () => {
    const told = new Told();
    await told.rules(0, all);
    await told.world.silence([silence(0, 600, title), maintenance(500, 900, 'checkout')]);
    await told.fires(10, 'a');
    await told.sweep(700);
    const { summary } = await told.said('a');
    expect(summary).toMatch(
      /held it back until .+03:10:00 UTC; what follows that holds it back until .+03:15:00 UTC/,
    );
  });
});

describe('what waited, once rules have changed', () => {
  it('mutes, and is muted, by an inhibition that came with them', async () => {
    // Of the same part, so that both are looked at in one batch.
    const names = Array.from({ length: 100 }, (_, i) => `source ${i}`);
    const source =
      names.find((name) => waitingPart(fingerprint(name)) === waitingPart(fingerprint('a'))) ?? '';
    const told = new Told();
    await told.rules(0, counting);
    await told.fires(10, source, { labels: { host: 'h' } });
    await told.fires(10, 'a', { labels: { host: 'h' } });
    const down = { id: 'down', source: '@title=~"source.*"', target: '@title="a"', equal: ['host'] };
    told.inhibitions = [inhibitionSchema.parse(down)];
    await told.rules(100, all);
    await told.sweep(161, 222);
    expect(await incidentsOf(told)).toMatchObject([{ title: source }]);
    expect((await told.said('a')).outcome).toBe('inhibition');
  });

  it('ends by itself as its new rule says', async () => {
    const told = new Told();
    await told.rules(0, counting);
    await told.fires(10, 'a');
    await told.rules(100, ruled({ id: 'all', actions: { autoResolve: 900 } }));
    await told.sweep(161, 222);
    expect(await incidentsOf(told)).toMatchObject([{ state: 'triggered' }]);
    await told.sweep(1_300, 1_400);
    expect(await incidentsOf(told)).toMatchObject([{ state: 'resolved' }]);
  });
});
