import { type Instant, SECOND, toText } from '../../../shared/kernel/index.ts';
import type { End } from '../fleet.ts';
import { httpRequest, parsed } from '../requests.ts';
import type { Post } from '../scenario.ts';
import { Violation } from '../violation.ts';
import type { World } from '../world.ts';
import { type Actor, Agenda } from './actor.ts';

/** Sources of alerts: each posts until it is told that the alert was taken. */
export class Sender implements Actor {
  private readonly agenda: Agenda<Post>;
  private readonly world: World;

  constructor(posts: readonly Post[], world: World) {
    this.agenda = new Agenda(posts);
    this.world = world;
  }

  ready(): number {
    return this.agenda.due() <= this.world.clock && this.world.fleet.hasRoom('Receive') ? 1 : 0;
  }

  due(): Instant {
    return this.agenda.due();
  }

  act(): void {
    const post = this.agenda.take();
    const { tenant, alerts } = post;
    const body = alerts.map(({ timestamp, ...said }) => ({ ...said, timestamp: toText(timestamp) }));
    this.world.fleet.invoke('Receive', {
      event: httpRequest(this.world, { method: 'POST', path: `/webhooks/generic/${tenant.key}`, body }),
      tenants: new Set([tenant.org]),
      ended: (end) => this.ended(post, end),
    });
  }

  private ended(post: Post, end: End): void {
    const { world } = this;
    const reply = parsed(end);
    if (reply !== undefined && reply.status >= 400 && reply.status < 500) {
      throw new Violation('I9', `a sender was refused with ${reply.status}`, reply.body);
    }
    if (reply?.status === 202) world.watch.accepted(reply.body.receipt as string);
    // An answer may get lost on its way, too.
    if (reply?.status === 202 && !world.random.chance(world.weather.lost)) return;
    this.agenda.add({ ...post, at: world.clock + world.random.whole(1, 20) * SECOND, tries: post.tries + 1 });
  }
}
