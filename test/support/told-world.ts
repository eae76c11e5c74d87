import { readAlertRecord } from '../../functions/alerts/alert-record.ts';
import { replaceConfiguration } from '../../functions/aws/configuration.ts';
import { type Configuration, emptyConfiguration, placesOtherwise } from '../../shared/configuration/index.ts';
import {
  type AlertExplanation,
  explainAlert,
  Inhibitions,
  type inhibitionSchema,
  type Rule,
  ruleSchema,
} from '../../shared/detection/index.ts';
import { type OrganisationId, system } from '../../shared/kernel/index.ts';
import { DetectionOnEngine } from './detection-engine.ts';
import { epoch, fingerprint, post, signal } from './signals.ts';

/** A rule as it is written. */
export const ruled = (rule: object): Rule => ruleSchema.parse({ name: 'A rule', ...rule });
let worlds = 0;

/** Alerts that are told by the second while rules change, and what is said of them. */
export class ToldWorld {
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

/** All that is said of an alert, a sentence a line. */
export const textOf = ({ summary, steps }: AlertExplanation): string =>
  [summary, ...steps.flatMap(({ text, lines = [] }) => [text, ...lines])].join('\n');

export const incidentsOf = async ({ world }: ToldWorld) => [...(await world.read()).incidents.values()];
