import { type AlertHead, emptyGuard, type Guard, type OpeningCount } from '../../shared/detection/index.ts';
import type { OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { alertKey } from './alert-key.ts';
import type { ConfigurationHead } from './configuration.ts';
import { guardKey } from './guards.ts';
import { stored } from './incident-rows.ts';
import { countIn, countKey } from './opening-counts.ts';
import type { QuietVersion } from './quiets.ts';
import { table } from './table.ts';

type Count = Pick<OpeningCount, 'integration' | 'minute'>;

/** What is read in one step. */
interface Wanted {
  readonly heads?: readonly string[];
  readonly guards?: readonly string[];
  readonly counts?: readonly Count[];
}

/** Which configuration and which silences are in force. */
export interface Versions {
  readonly configuration: ConfigurationHead | undefined;
  readonly quiet: QuietVersion | undefined;
}

/** What a load has read so far: heads, guards and counts of openings, each consistently by its key. */
export class Reading {
  readonly heads = new Map<string, AlertHead>();
  readonly guards = new Map<string, Guard>();
  readonly counts = new Map<string, readonly string[]>();
  private readonly org: OrganisationId;

  constructor(org: OrganisationId) {
    this.org = org;
  }

  /** One more step of parallel reads; none when there is nothing to read. */
  async more({ heads = [], guards = [], counts = [] }: Wanted): Promise<void> {
    if (heads.length + guards.length + counts.length > 0) await this.step(heads, guards, counts);
  }

  /** The first step, with what is in force at that moment. */
  async first({ heads = [], guards = [], counts = [] }: Wanted): Promise<Versions> {
    const { org } = this;
    const versions = [schema.configurationHead.key({ org }), schema.quietVersion.key({ org })];
    const [configuration, quiet] = await this.step(heads, guards, counts, versions);
    return {
      configuration: configuration && stored<ConfigurationHead>(configuration),
      quiet: quiet && stored<QuietVersion>(quiet),
    };
  }

  private async step(
    heads: readonly string[],
    guards: readonly string[],
    counts: readonly Count[],
    others: Parameters<typeof table.load>[0] = [],
  ) {
    const { org } = this;
    const rows = await table.load<Record<string, unknown>>([
      ...heads.map((fingerprint) => alertKey(org, fingerprint)),
      ...guards.map((hash) => guardKey(org, hash)),
      ...counts.map((count) => countKey(org, count)),
      ...others,
    ]);
    const next = rows.values();
    const row = () => next.next().value;
    for (const fingerprint of heads) this.keepHead(fingerprint, row());
    for (const hash of guards) {
      const guard = row();
      this.guards.set(hash, guard ? stored<Guard>(guard) : emptyGuard(hash));
    }
    for (const count of counts) this.counts.set(...countIn(count, row()));
    return [...next];
  }

  private keepHead(fingerprint: string, row: object | undefined): void {
    if (row) this.heads.set(fingerprint, stored<AlertHead>(row));
  }
}
