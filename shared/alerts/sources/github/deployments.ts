import { isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { composeChange } from '../../compose-change.ts';
import { firstText, textOf } from '../../reading.ts';
import type { Read } from './index.ts';
import { loginOf, repositoryOf, short } from './repository.ts';

/** The states of a deployment that say how it went; the others say only that it goes on, or that a later one took its place. */
const outcomes: Readonly<Record<string, string>> = {
  success: 'succeeded',
  failure: 'failed',
  error: 'failed',
};

/**
 * A deployment, and again when it is known how it went: one change under the id and the time of the deployment, since what breaks
 * breaks while it is rolled out.
 */
export const deployed: Read = (body, receipt) => {
  const deployment = recordOf(body.deployment);
  const id = textOf(deployment.id);
  if (id === undefined) return 'The deployment has no id.';
  const status = isRecord(body.deployment_status) ? body.deployment_status : undefined;
  const state = textOf(status?.state) ?? '';
  const outcome = Object.hasOwn(outcomes, state) ? outcomes[state] : undefined;
  if (status !== undefined && outcome === undefined) {
    return `The status '${state.slice(0, 100)}' of a deployment changes nothing; success, failure and error are read.`;
  }
  const environment = firstText(deployment, ['environment', 'original_environment']);
  const what = [repositoryOf(body), textOf(deployment.ref)].filter((part) => part !== undefined).join(' ');
  const title = `Deployment of ${what || 'a commit'}${environment === undefined ? '' : ` to ${environment}`}`;
  return composeChange(
    {
      kind: 'deployment',
      title: outcome === undefined ? title : `${title} ${outcome}`,
      time: deployment.created_at,
      service: serviceIn(deployment) ?? repositoryOf(body),
      version: short(deployment.sha),
      by: loginOf(deployment.creator) ?? loginOf(body.sender),
      link: linkOf(body, status),
      key: `deployment ${id}`,
    },
    receipt,
  );
};

/** A repository of several services says which in the payload that it deploys with. */
const serviceIn = ({ payload }: JsonRecord): string | undefined => textOf(recordOf(payload).service);

/** The log of the deployment where there is one, else the deployments of the repository. */
function linkOf(body: JsonRecord, status: JsonRecord | undefined): string | undefined {
  const page = textOf(recordOf(body.repository).html_url);
  const run = textOf(recordOf(body.workflow_run).html_url);
  const told = status === undefined ? undefined : firstText(status, ['log_url', 'target_url']);
  return told ?? run ?? (page === undefined ? undefined : `${page}/deployments`);
}

/** A release that was made public. */
export const released: Read = (body, receipt) => {
  const release = recordOf(body.release);
  const id = textOf(release.id);
  if (body.action !== 'published') {
    return `The release was ${textOf(body.action)?.slice(0, 100) ?? 'told of without an action'}; only what is published is read.`;
  }
  if (id === undefined) return 'The release has no id.';
  const tag = textOf(release.tag_name);
  const name = firstText(release, ['name', 'tag_name']) ?? 'without a name';
  return composeChange(
    {
      kind: 'other',
      title: `Release ${name} of ${repositoryOf(body) ?? 'a repository'}`,
      time: release.published_at ?? release.created_at,
      service: repositoryOf(body),
      version: tag,
      by: loginOf(release.author) ?? loginOf(body.sender),
      link: release.html_url,
      key: `release ${id}`,
    },
    receipt,
  );
};
