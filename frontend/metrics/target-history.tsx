import { useState } from 'react';
import { actorText } from '../../shared/incidents/words.ts';
import type { metricsApi } from '../../shared/metrics/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';
import { Moment } from '../time/moment.tsx';
import { useNow } from '../time/use-now.ts';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { wordsOf } from './target-words.ts';

type History = Answer<(typeof metricsApi)['get-targets']>['history'];

/** What was set before, by whom and when; asked when it is opened. */
export function TargetHistory({ api }: { readonly api: Api }) {
  const [history, setHistory] = useState<History>();
  const { run, problem } = useTask();
  const ask = () =>
    run(async () => {
      const { history: all } =
        await api.call<Answer<(typeof metricsApi)['get-targets']>>('/api/metrics/targets');
      setHistory(all);
    });
  return (
    <details onToggle={({ currentTarget }) => currentTarget.open && ask()}>
      <summary>Earlier targets</summary>
      {history === undefined && problem === undefined && <Waiting what="the earlier targets" />}
      {problem !== undefined && <Notice>{problem.message}</Notice>}
      {history !== undefined && <Versions history={history} />}
    </details>
  );
}

function Versions({ history }: { readonly history: History }) {
  const now = useNow();
  return (
    <ol className="versions">
      {history.map(({ version, setAt, setBy, targets }) => (
        <li key={version}>
          <Moment at={setAt} now={now} /> <bdi>{actorText(setBy)}</bdi>: {wordsOf(targets)}
        </li>
      ))}
    </ol>
  );
}
