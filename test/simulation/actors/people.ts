import type { Incident } from '../../../shared/incidents/index.ts';
import { type Instant, SECOND } from '../../../shared/kernel/index.ts';
import type { FunctionName } from '../../../shared/wiring/index.ts';
import type { TestRequest } from '../../support/http-event.ts';
import type { End } from '../fleet.ts';
import { authorised, httpRequest, parsed } from '../requests.ts';
import type { PlannedDeed, Tenant } from '../scenario.ts';
import { Violation } from '../violation.ts';
import type { World } from '../world.ts';
import { type Actor, Agenda } from './actor.ts';

interface Wanted {
  readonly function: FunctionName;
  readonly request: TestRequest;
  readonly org: string;
}

const TRIES = 5;

/** People who answer mails and change incidents; who gets no answer tries again, a note under the same key. */
export class People implements Actor {
  private readonly agenda: Agenda<PlannedDeed>;
  private readonly world: World;
  private readonly tenants: readonly Tenant[];

  constructor(deeds: readonly PlannedDeed[], tenants: readonly Tenant[], world: World) {
    this.agenda = new Agenda(deeds);
    this.tenants = tenants;
    this.world = world;
  }

  ready(): number {
    return this.agenda.due() <= this.world.clock ? 1 : 0;
  }

  due(): Instant {
    return this.agenda.due();
  }

  act(): void {
    const planned = this.agenda.take();
    const wanted = this.wanted(planned);
    if (wanted === undefined || !this.world.fleet.hasRoom(wanted.function)) {
      this.later(planned);
      return;
    }
    this.world.fleet.invoke(wanted.function, {
      event: httpRequest(this.world, wanted.request),
      tenants: new Set([wanted.org]),
      ended: (end) => this.ended(planned, end),
    });
  }

  private ended(planned: PlannedDeed, end: End): void {
    const reply = parsed(end);
    if (reply === undefined || reply.status >= 500) {
      this.later(planned);
      return;
    }
    // A note whose answer is lost is sent once more under its key.
    if (planned.deed === 'note' && planned.tries === 0) {
      this.later(planned);
      return;
    }
    if (reply.status === 400 || reply.status === 401 || reply.status === 403)
      throw new Violation('people', `${planned.deed} was refused with ${reply.status}`, reply.body);
  }

  private later(planned: PlannedDeed): void {
    if (planned.tries >= TRIES) return;
    const at = this.world.clock + this.world.random.whole(2, 30) * SECOND;
    this.agenda.add({ ...planned, at, tries: planned.tries + 1 });
  }

  private wanted(planned: PlannedDeed): Wanted | undefined {
    if (planned.deed === 'configure') return this.configuring(planned);
    if (planned.deed === 'answer') return this.answering(planned);
    const incidents = [...this.world.watch.books.incidents.values()];
    const incident = incidents[planned.which % Math.max(1, incidents.length)];
    return incident && changing(planned, incident);
  }

  private answering({ which }: PlannedDeed): Wanted | undefined {
    const { mails } = this.world.watch.books;
    const mail = mails[which % Math.max(1, mails.length)];
    if (mail === undefined) return undefined;
    const path = `/respond/${mail.token}`;
    return { function: 'OnCall', request: { method: 'POST', path }, org: mail.org };
  }

  /** New names for all rules: what is decided later must bear them. */
  private configuring({ which }: PlannedDeed): Wanted | undefined {
    const tenant = this.tenants[which % this.tenants.length];
    if (tenant === undefined) return undefined;
    const { org, configuration } = tenant;
    const version = this.world.watch.books.configured.get(org)?.version ?? 1;
    const rules = [...configuration.rules, { id: 'rest', name: 'Rest' }];
    const body = {
      ...configuration,
      rules: rules.map((rule) => ({ ...rule, id: `${rule.id}.v${version + 1}` })),
    };
    const headers = { 'if-match': `"${version}"` };
    const request = { method: 'PUT', path: '/api/config', headers, body, authorizer: authorised(org) };
    return { function: 'Configuration', request, org };
  }
}

function changing({ deed, which, at }: PlannedDeed, { org, id }: Incident): Wanted {
  const path = `/api/incidents/${id}`;
  const authorizer = authorised(org);
  if (deed === 'note') {
    const name = `note-of-${which}-at-${id.slice(-8)}`;
    const body = { text: name, clientMessageId: name };
    // Clients may rely on either name alone.
    const headers = which % 2 === 0 ? { 'idempotency-key': name } : {};
    return {
      function: 'Incidents',
      org,
      request: { method: 'POST', path: `${path}/notes`, headers, body, authorizer },
    };
  }
  return {
    function: 'Incidents',
    org,
    request: { method: 'PATCH', path, body: bodyOf(deed, at), authorizer },
  };
}

function bodyOf(deed: PlannedDeed['deed'], at: Instant) {
  switch (deed) {
    case 'acknowledge':
      return { state: 'acknowledged' };
    case 'resolve':
      return { state: 'resolved' };
    case 'reopen':
      return { state: 'triggered' };
    case 'raise':
      return { severity: 'P1_CRITICAL' };
    default:
      return { title: `Renamed ${at}` };
  }
}
