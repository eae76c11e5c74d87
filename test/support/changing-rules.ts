import { replaceConfiguration } from '../../functions/aws/configuration.ts';
import { heldPage } from '../../functions/aws/held-alerts.ts';
import type { HeldAlert } from '../../shared/alerts/index.ts';
import { type Configuration, emptyConfiguration, placesOtherwise } from '../../shared/configuration/index.ts';
import { isActive, isHeldStill, type Rule, ruleSchema, waitingParts } from '../../shared/detection/index.ts';
import { MINUTE, type OrganisationId, system } from '../../shared/kernel/index.ts';
import { DetectionOnEngine } from './detection-engine.ts';
import { epoch, post, signal } from './signals.ts';

const ofRules = (rules: readonly Rule[]): Configuration => ({ ...emptyConfiguration, rules: [...rules] });

/** An incident for each title. */
export const anyway = ruleSchema.parse({ id: 'all', name: 'All', group: { by: ['title'] } });

let worlds = 0;

/** Alerts under some rules, which are then replaced by others; and what is asked in the minutes after that. */
export class Changing {
  readonly org = `org_CHANGE${++worlds}` as OrganisationId;
  private version = 0;
  private rules: readonly Rule[];
  world: DetectionOnEngine;

  constructor(rules: readonly Rule[]) {
    this.rules = rules;
    this.world = new DetectionOnEngine(this.org, rules);
  }

  async fire(second: number, ...titles: readonly string[]) {
    this.world.now = epoch + second * 1_000;
    await this.world.receive([post(...titles.map((title) => signal(title, 'firing', second, { title })))]);
  }

  async resolve(second: number, title: string) {
    this.world.now = epoch + second * 1_000;
    await this.world.receive([post(signal(title, 'resolved', second, { title }))]);
  }

  /** Puts other rules in force at a minute and lets three minutes pass. */
  async change(minute: number, rules: readonly Rule[]) {
    const isOther = placesOtherwise(ofRules(this.rules), ofRules(rules));
    await replaceConfiguration(this.org, this.version++, ofRules(rules), {
      ...{ actor: system('test'), at: epoch + minute * MINUTE, placesOtherwise: isOther },
    });
    this.rules = rules;
    this.world = new DetectionOnEngine(this.org, rules);
    for (const later of [1, 2, 3]) {
      this.world.now = epoch + (minute + later) * MINUTE;
      await this.world.release();
    }
  }

  /** Puts other rules in force, and all that waits is told once more by its source. */
  async tellAgain(minute: number, rules: readonly Rule[]) {
    const { heads } = await this.world.read();
    this.world = new DetectionOnEngine(this.org, rules);
    this.world.now = epoch + (minute + 1) * MINUTE;
    const waiting = [...heads.values()].filter((head) => isActive(head) && head.memberships.length === 0);
    const again = waiting.map(({ title = '', firings: [...firings] }) =>
      signal(title, 'firing', ((firings.at(-1) ?? epoch) - epoch) / 1_000, { title }),
    );
    if (again.length > 0) await this.world.receive([post(...again)]);
  }

  /** The titles of the alerts in each incident. */
  async incidents() {
    const { incidents, heads } = await this.world.read();
    return [...incidents.values()]
      .map(({ id }) =>
        [...heads.values()]
          .filter(({ memberships }) => memberships.some(({ incident }) => incident === id))
          .map(({ title }) => title)
          .sort()
          .join(' '),
      )
      .sort();
  }

  /** The titles of what is kept and waits still; the rest of what is kept ends by itself. */
  async kept() {
    const { heads } = await this.world.read();
    const isOfUse = (held: HeldAlert) => {
      const head = heads.get(held.signal.fingerprint);
      return head === undefined || isHeldStill(held, head);
    };
    const rows = await this.rows();
    return rows.flatMap(({ held }) => (isOfUse(held) ? held.signal.title : [])).sort();
  }

  async rows() {
    const pages = await Promise.all(waitingParts.map((part) => heldPage(this.org, part, { limit: 100 })));
    return pages.flatMap(({ rows }) => rows);
  }
}
