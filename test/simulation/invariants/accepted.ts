import { matchRule, type Rule } from '../../../shared/detection/index.ts';
import type { IncidentId } from '../../../shared/kernel/index.ts';
import { Violation } from '../violation.ts';
import type { Invariant, Observed } from './invariant.ts';

/** Where an accepted alert must be when all is quiet. */
export const accepted: Invariant = {
  name: 'I1',
  atRest(seen) {
    const { books } = seen;
    for (const receipt of books.accepted) {
      const message = books.queued.get(receipt);
      if (message === undefined)
        throw new Violation('I1', `nothing is known of the accepted receipt ${receipt}`);
      for (const [place, signal] of message.signals.entries()) {
        if (!books.kept.has(`${receipt} ${place}`))
          throw new Violation('I1', 'an accepted signal was not kept', signal);
        const head = headOf(seen, message.org, signal.fingerprint);
        if (signal.state !== 'firing') continue;
        const rule = ruleFor(seen, message.org, signal, message);
        if (rule?.actions.createIncident !== true) continue;
        const isCounted = books.counted.has(`${message.org} ${signal.fingerprint}`);
        const waits = rule.conditions.threshold > 1 && head.memberships.length === 0;
        if (!waits) belongs(seen, head);
        else if (!isCounted)
          throw new Violation('I1', 'an alert waits for others and nothing counts it', head);
      }
    }
  },
};

type Message = Parameters<typeof matchRule>[1]['from'] & { readonly org: string };

function headOf({ books }: Observed, org: string, fingerprint: string) {
  const head = books.heads.get(`O#${org}#A#${fingerprint}`);
  if (head === undefined) throw new Violation('I1', `an accepted alert is not known: ${fingerprint}`);
  return head;
}

/** The rule that the alert came under; undefined when rules changed in between, which is not judged. */
function ruleFor(
  { books, scenario }: Observed,
  org: string,
  signal: Parameters<typeof matchRule>[1]['signal'],
  from: Message,
): Rule | undefined {
  if ((books.configured.get(org)?.version ?? 1) > 1) return undefined;
  const tenant = scenario.tenants.find((one) => one.org === org);
  return matchRule(tenant?.configuration.rules ?? [], { signal, from }).rule;
}

function belongs({ books }: Observed, head: ReturnType<typeof headOf>): void {
  const incidents = new Set(head.memberships.map(({ incident }) => incident));
  if (incidents.size === 0) throw new Violation('I1', 'an accepted alert is in no incident', head);
  for (const { incident, seq } of head.memberships) {
    if (!books.incidents.has(incident))
      throw new Violation('I1', 'an alert is in an incident that is not there', head);
    const tells = seq === undefined || isTold(books.facts.get(incident)?.get(seq), head.fingerprint);
    if (!tells) throw new Violation('I1', `the log of ${incident} does not tell of an alert at ${seq}`, head);
  }
  if (![...incidents].some((incident) => isToldIn(books, incident, head.fingerprint)))
    throw new Violation('I1', 'no log tells of an accepted alert', head);
}

type Fact = ReturnType<Observed['books']['factsOf']>[number];

const isTold = (fact: Fact | undefined, fingerprint: string): boolean =>
  fact?.type === 'alerts.changed' && fact.data.entries.some((entry) => entry.fingerprint === fingerprint);

const isToldIn = (books: Observed['books'], incident: IncidentId, fingerprint: string): boolean =>
  books.factsOf(incident).some((fact) => isTold(fact, fingerprint));
