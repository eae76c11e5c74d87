import { router } from '../edge/router.ts';
import { answerStep } from './answer-step.http.ts';
import { cancelRun } from './cancel-run.http.ts';
import { create } from './create.http.ts';
import { get } from './get.http.ts';
import { getCluster } from './get-cluster.http.ts';
import { getRun } from './get-run.http.ts';
import { list } from './list.http.ts';
import { clusters } from './list-clusters.http.ts';
import { list as listRuns } from './list-runs.http.ts';
import { versions } from './list-versions.http.ts';
import { propose } from './propose.http.ts';
import { remove } from './remove.http.ts';
import { forget } from './remove-cluster.http.ts';
import { replace } from './replace.http.ts';
import { restore } from './restore.http.ts';
import { register } from './set-cluster.http.ts';
import { start } from './start.http.ts';
import { test } from './test.http.ts';
import { testCluster } from './test-cluster.http.ts';

/** The REST verbs of runbooks, their runs, and clusters. */
export const handler = router('Runbooks', {
  ...{ list, create, get, replace, 'list-versions': versions, start, test, propose },
  ...{ remove, restore },
  ...{ 'list-runs': listRuns, 'get-run': getRun, 'answer-step': answerStep, 'cancel-run': cancelRun },
  'list-clusters': clusters,
  'get-cluster': getCluster,
  'set-cluster': register,
  'remove-cluster': forget,
  'test-cluster': testCluster,
});
