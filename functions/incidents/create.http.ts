import { serviceNamed } from '../../shared/alerts/index.ts';
import { incidentsApi } from '../../shared/incidents/api.ts';
import { firstStep, viewIncident } from '../../shared/incidents/index.ts';
import { didYouMean, type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { declare } from '../aws/incident-log.ts';
import { setting } from '../aws/settings.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { nextStepMessages, sendEscalation } from './escalation.ts';
import { etag } from './version.ts';

/** A person or machine declares an incident; whoever is on call is paged at once. */
export const create = verb({
  api: incidentsApi.create,
  run: async ({ ctx, body, attempt, cause }) => {
    const now = clock.now();
    const { title, severity, description, policy } = body;
    if (policy !== undefined) await checkPolicy(ctx.org, policy);
    const service = serviceNamed(body.service);
    const next = firstStep(severity, now);
    const data = {
      title,
      severity,
      ...(service !== undefined && { service }),
      ...(description !== undefined && { description }),
      ...(policy !== undefined && { policy }),
      ...(next && { next }),
    };
    const { incident } = await declare(ctx.org, data, { actor: ctx.actor, now, cause, ...attempt });
    await sendEscalation(nextStepMessages([incident], now));
    return reply(201, viewIncident(incident), {
      ...etag(incident),
      location: `${setting('publicUrl')}/api/incidents/${incident.id}`,
    });
  },
});

async function checkPolicy(org: OrganisationId, policy: string): Promise<void> {
  const { policies } = (await loadConfiguration(org, tellLeftOut)).body;
  if (policies.some(({ id }) => id === policy)) return;
  const meant = didYouMean(
    policy,
    policies.map(({ id }) => id),
  );
  throw new Refusal(
    'invalid',
    `There is no policy '${policy}'; see /api/config for those there are${meant || '.'}`,
    'body.policy',
  );
}
