import type { Escalated, Incident, Triggered } from '../../../shared/incidents/index.ts';
import { type Duration, type Instant, SECOND } from '../../../shared/kernel/index.ts';
import type { Mail } from '../books.ts';
import type { Invocation } from '../fleet.ts';
import { Violation } from '../violation.ts';
import type { Invariant, Observed } from './invariant.ts';

/** What is stored as the next step before a step is taken. */
export const steps: Invariant = {
  name: 'I3',
  changed({ before, after }, by, seen) {
    const { clock, scenario } = seen;
    if (after?.kind !== 'incident' || before === undefined) return;
    const [was, is] = [before, after] as unknown as [Incident, Incident];
    if (was.state !== 'triggered' || is.state !== 'triggered' || is.generation !== was.generation) return;
    if (is.step === was.step) {
      if (was.next && is.next && is.next.dueAt < was.next.dueAt) broughtForward(is, by, seen);
      return;
    }
    if (was.next?.step !== is.step)
      throw new Violation('I3', 'a step was taken that was not the next', { was, is });
    const now = clock + by.environment.skew;
    const { dueAt } = was.next;
    if (now < dueAt) throw new Violation('I3', `a step was taken ${dueAt - now} ms early`, { was, is });
    if (is.next === undefined) return;
    const decided = is.updatedAt;
    const delays = delaysOf(scenario, is.org).map(
      (delay) => (dueAt + delay < decided ? decided : dueAt) + delay,
    );
    if (!delays.includes(is.next.dueAt))
      throw new Violation('I3', 'the next step is not due by the time of the one before', {
        was,
        is,
        delays,
      });
  },
  mailed(mail, _by, seen) {
    const fact = escalationOf(seen, mail);
    if (fact === undefined) throw new Violation('I3', 'a mail was sent for a step that nobody took', mail);
    const isTarget = fact.data.targets.some(({ person }) => person === mail.person);
    if (!isTarget) throw new Violation('I3', 'somebody was told who is not a target of the step', mail);
    const earlier = seen.books.mails.filter((one) => one !== mail && isSame(one, mail));
    if (earlier.length === 0) return;
    const isSkewed = seen.scenario.weather.skew !== undefined;
    // Who claims first by a slow clock is taken for dead, and may send after the one who claimed second.
    const isSaid = mail.possiblyAgain || (isSkewed && earlier.every(({ possiblyAgain }) => possiblyAgain));
    if (!isSaid) throw new Violation('I3', 'a mail was sent twice and does not say so', [...earlier, mail]);
    const unheard = earlier.every(({ by }) => seen.mishaps.has(by));
    if (!unheard && !isSkewed)
      throw new Violation('I3', 'a mail was sent twice without a mishap', [...earlier, mail]);
  },
  atRest({ books }) {
    for (const [incident, facts] of books.facts)
      for (const fact of facts.values())
        if (fact.type === 'incident.escalated')
          for (const target of fact.data.targets) {
            const step = {
              incident,
              generation: fact.data.generation,
              step: fact.data.step,
              person: target.person,
            };
            const isSent = books.mails.some((mail) => isSame(mail, step));
            const why = [...books.deliveries.values()].find((one) => isSame(one, step));
            if (!isSent && why?.state !== 'dropped')
              throw new Violation('I3', 'somebody was never told of a step', { fact, why });
          }
  },
};

/** A step may come before its time only when nobody can have heard of the one before, as far as its worker could know. */
function broughtForward({ id, generation, step }: Triggered, by: Invocation, { books }: Observed): void {
  for (const [name, page] of books.deliveries) {
    if (page.incident !== id || page.generation !== generation || page.step !== step) continue;
    const isGone = page.state === 'dropped' || books.refused.has(name);
    const isHeard = (books.sentAt.get(name) ?? by.began) < by.began;
    if (!isGone || isHeard)
      throw new Violation('I3', 'the next step was brought forward although a page may have arrived', page);
  }
}

/** What an organisation lets pass between two steps. */
function delaysOf({ tenants }: Observed['scenario'], org: string): readonly Duration[] {
  const { policies = [], rules = [] } = tenants.find((one) => one.org === org)?.configuration ?? {};
  const ofRules = rules.flatMap(({ actions: { escalateAfter } }) => escalateAfter ?? []);
  const ofLevels = policies.flatMap(({ levels }) => levels.map(({ delay }) => delay));
  return [...ofRules, ...ofLevels].map((seconds) => seconds * SECOND);
}

type Step = Pick<Mail, 'incident' | 'generation' | 'step' | 'person'>;

const isSame = (a: Step, b: Step): boolean =>
  a.incident === b.incident && a.generation === b.generation && a.step === b.step && a.person === b.person;

function escalationOf({ books }: Observed, { incident, generation, step }: Mail) {
  for (const fact of books.facts.get(incident)?.values() ?? [])
    if (fact.type === 'incident.escalated' && fact.data.generation === generation && fact.data.step === step)
      return fact as Escalated & { readonly recordedAt: Instant };
  return undefined;
}
