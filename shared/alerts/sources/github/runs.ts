import { recordOf } from '../../../kernel/index.ts';
import { composeChange } from '../../compose-change.ts';
import { firstText, textOf } from '../../reading.ts';
import type { Read } from './index.ts';
import { loginOf, repositoryOf, short, subject } from './repository.ts';

/** How a run ended, where it may have changed something; one that was skipped or cancelled is nobody's suspect. */
const conclusions: Readonly<Record<string, string>> = {
  success: 'succeeded',
  failure: 'failed',
  timed_out: 'timed out',
};

/** Words of a workflow's name that say that it deploys, whole words only. */
const DEPLOYS = /(^|[^a-z])(deploy\w*|release\w*|publish\w*|rollout|ship)([^a-z]|$)/i;

/** A run of a workflow on the default branch, under the time at which it began; those of pull requests change nothing. */
export const ran: Read = (body, receipt) => {
  const run = recordOf(body.workflow_run);
  const id = textOf(run.id);
  if (id === undefined) return 'The run of the workflow has no id.';
  const conclusion = textOf(run.conclusion) ?? '';
  const how = Object.hasOwn(conclusions, conclusion) ? conclusions[conclusion] : undefined;
  if (body.action !== 'completed' || how === undefined) {
    return 'Of the runs of workflows those are read that are completed, with success or failure.';
  }
  const branch = textOf(run.head_branch);
  const main = textOf(recordOf(body.repository).default_branch);
  if (textOf(run.event)?.startsWith('pull_request') || (main !== undefined && branch !== main)) {
    return 'The run was not on the default branch, so it changed nothing that is in use.';
  }
  const workflow = firstText(recordOf(body.workflow), ['name', 'path']) ?? firstText(run, ['name', 'path']);
  return composeChange(
    {
      kind: DEPLOYS.test(`${workflow ?? ''} ${textOf(run.path) ?? ''}`) ? 'deployment' : 'other',
      title: `Workflow ${workflow ?? 'without a name'} of ${repositoryOf(body) ?? 'a repository'} ${how}`,
      time: run.run_started_at ?? run.created_at,
      service: repositoryOf(body),
      version: short(run.head_sha),
      by: loginOf(run.triggering_actor) ?? loginOf(run.actor) ?? loginOf(body.sender),
      link: run.html_url,
      key: `workflow_run ${id} ${textOf(run.run_attempt) ?? '1'}`,
    },
    receipt,
  );
};

const NO_COMMIT = /^0+$/;

/** Commits that were pushed to the default branch. */
export const pushed: Read = (body, receipt) => {
  const { ref, before, after } = body;
  const repository = recordOf(body.repository);
  const branch = /^refs\/heads\/(.+)$/.exec(textOf(ref) ?? '')?.[1];
  const commit = textOf(after);
  if (branch === undefined || branch !== repository.default_branch) {
    return 'Only pushes to the default branch are read.';
  }
  if (commit === undefined || NO_COMMIT.test(commit) || NO_COMMIT.test(textOf(before) ?? '0')) {
    return 'A branch was made or deleted, which changes nothing that is in use.';
  }
  const head = recordOf(body.head_commit);
  const count = Array.isArray(body.commits) ? body.commits.length : 0;
  const more = count > 1 ? ` (${count} commits)` : '';
  return composeChange(
    {
      kind: 'other',
      title: `Push to ${branch}: ${subject(head.message) ?? commit.slice(0, 7)}${more}`,
      // The commit may be days old, so the push counts.
      time: repository.pushed_at ?? head.timestamp,
      service: repositoryOf(body),
      version: short(commit),
      by: loginOf(body.sender) ?? textOf(recordOf(body.pusher).name),
      link: textOf(body.compare),
      key: `push ${branch} ${commit}`,
    },
    receipt,
  );
};
