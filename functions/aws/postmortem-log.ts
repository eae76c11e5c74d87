import {
  type Id,
  type IncidentId,
  type Instant,
  idOf,
  type OrganisationId,
  Refusal,
  timeOfId,
} from '../../shared/kernel/index.ts';
import {
  type Content,
  decidePostmortem,
  evolvePostmortem,
  type LoggedPostmortemFact,
  type Postmortem,
  type PostmortemCommand,
  postmortemOf,
  type Status,
} from '../../shared/postmortems/index.ts';
import { schema } from '../../shared/table/index.ts';
import type { Recording } from './incident-rows.ts';
import { type Position, table, type Write } from './table.ts';

/** The post-mortem of an incident: each has one at most. */
export const postmortemOfIncident = (org: OrganisationId, incident: IncidentId): Id<'postmortem'> =>
  idOf('postmortem', timeOfId(incident), org, incident);

/** How a post-mortem stands, without its words. */
export interface PostmortemHead {
  readonly id: Id<'postmortem'>;
  readonly incident: IncidentId;
  readonly name: string;
  readonly title: string;
  readonly status: Status;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** How often a decision is made anew after another writer was faster. */
const ATTEMPTS = 5;

/** A post-mortem by its log; undefined when there is none. */
export async function loadPostmortem(
  org: OrganisationId,
  id: Id<'postmortem'>,
): Promise<Postmortem | undefined> {
  const { items } = await table.query<{ fact: KeptFact }>({
    partition: schema.postmortemFact.partition({ org, postmortem: id }),
    prefix: schema.postmortemFact.sortPrefix,
  });
  const last = items.map(({ fact }) => fact).findLast((fact) => fact.type === 'postmortem.generated');
  if (last === undefined) return undefined;
  const content = await contentOf(last);
  return postmortemOf(items.map(({ fact }) => wholeFact(fact, content)));
}

/** What a generation made. An earlier version of the program kept it in the fact itself. */
async function contentOf({ org, postmortem, seq, data }: KeptGeneration): Promise<Content> {
  if ('sections' in data) return data;
  const row = await table.get<{ content: Content }>(schema.postmortemContent.key({ org, postmortem, seq }));
  if (row === undefined) throw new Error(`What generation ${seq} of ${postmortem} made is not there`);
  return row.content;
}

type GeneratedFact = Extract<LoggedPostmortemFact, { type: 'postmortem.generated' }>;

/** A fact as its item has it: what a generation made is in one of its own, since it is large and the next one takes its place. */
type KeptFact = Exclude<LoggedPostmortemFact, GeneratedFact> | KeptGeneration;
type KeptGeneration = Omit<GeneratedFact, 'data'> & {
  readonly data: GeneratedFact['data'] | Pick<GeneratedFact['data'], 'incident'>;
};

/** Of a generation before the last nothing is left that anybody reads: the last one says all anew. */
function wholeFact(fact: KeptFact, content: Content): LoggedPostmortemFact {
  if (fact.type !== 'postmortem.generated') return fact;
  return { ...fact, data: { ...content, incident: fact.data.incident } };
}

/** The items of a fact. */
function writesOf(fact: LoggedPostmortemFact): readonly Write[] {
  const place = { org: fact.org, postmortem: fact.postmortem, seq: fact.seq };
  const item = (kept: KeptFact) => ({
    put: { ...schema.postmortemFact.key(place), fact: kept },
    ifNew: true as const,
  });
  if (fact.type !== 'postmortem.generated') return [item(fact)];
  const { incident, ...content } = fact.data;
  return [
    item({ ...fact, data: { incident } }),
    { put: { ...schema.postmortemContent.key(place), content }, ifNew: true },
  ];
}

/** Load, decide, record in one guarded transaction; whoever loses a race loads and decides again. */
export async function commandPostmortem(
  org: OrganisationId,
  id: Id<'postmortem'>,
  commands: readonly PostmortemCommand[],
  recording: Recording & { readonly expectedVersion?: number },
): Promise<Postmortem> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await loadPostmortem(org, id);
    checkVersion(before, recording.expectedVersion);
    const facts: LoggedPostmortemFact[] = [];
    let after = before;
    for (const command of commands) {
      for (const fact of decidePostmortem(after, command, recording.now)) {
        const { actor, now: recordedAt, cause } = recording;
        const seq = (after?.version ?? 0) + 1;
        const logged = { ...fact, org, postmortem: id, seq, recordedAt, actor, ...(cause && { cause }) };
        facts.push(logged);
        after = evolvePostmortem(after, logged);
      }
    }
    if (after === undefined)
      throw new Refusal('not_found', `There is no post-mortem '${id}' here.`, 'path.id');
    if (facts.length === 0 || (await record(before, after, facts))) return after;
  }
  throw new Refusal('unavailable', 'Too many people changed this post-mortem at once; try again.');
}

function checkVersion(before: Postmortem | undefined, expected: number | undefined): void {
  const version = before?.version ?? 0;
  if (expected === undefined || expected === version) return;
  throw new Refusal(
    'precondition',
    `The post-mortem is at version ${version}, not ${expected}; read it again, then repeat the change.`,
    'header.if-match',
  );
}

async function record(
  before: Postmortem | undefined,
  after: Postmortem,
  facts: readonly LoggedPostmortemFact[],
): Promise<boolean> {
  const { org, id: postmortem, incident, name, title, status, version, createdAt, updatedAt } = after;
  const place = { org, postmortem, createdAt };
  const head: PostmortemHead = {
    id: postmortem,
    incident,
    name,
    title,
    status,
    version,
    createdAt,
    updatedAt,
  };
  const { committed } = await table.transact([
    {
      put: { ...schema.postmortemHead.key(place), ...schema.postmortemHead.index('gsi1', place), ...head },
      ...(before ? { ifVersion: before.version } : { ifNew: true }),
    },
    ...facts.flatMap(writesOf),
  ]);
  return committed;
}

/** The post-mortems of an organisation, the newest first, by an index: one that was just made may be missing for a moment. */
export async function listPostmortems(
  org: OrganisationId,
  page: { readonly limit: number; readonly after?: Position },
): Promise<{ readonly items: readonly PostmortemHead[]; readonly next?: Position }> {
  return table.query<PostmortemHead>({
    index: 'gsi1',
    partition: schema.postmortemHead.index('gsi1', { org, postmortem: '-', createdAt: 0 }).gsi1pk,
    backwards: true,
    ...page,
  });
}
