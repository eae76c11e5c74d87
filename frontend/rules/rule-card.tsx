import { useState } from 'react';
import { Link } from 'wouter';
import type { configurationApi } from '../../shared/configuration/api.ts';
import { yamlText } from '../../shared/kernel/yaml/index.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';
import { ruleDraftAddress } from '../app/addresses.ts';
import { FailedLoad } from '../ui/failed-load.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { briefRule } from './brief.ts';
import { NoteText } from './note-text.tsx';
import { ruleWords } from './rule-words.ts';
import { TurnButton } from './turn-button.tsx';
import type { Note, Rule } from './use-rules.ts';

type Told = Answer<(typeof configurationApi)['get-rule']>;

export interface RuleCardProps {
  readonly api: Api;
  readonly rule: Rule;
  /** From 0: its place in the order. */
  readonly place: number;
  /** The newest version that touched it, where that is known. */
  readonly last: Note | undefined;
  readonly mayWrite: boolean;
  readonly now: number;
  /** It was turned on or off. */
  onTurned(words: string): void;
}

/** One rule: whether it is on, what it does in words, who changed it last, and its whole text. */
export function RuleCard({ api, rule, place, last, mayWrite, now, onTurned }: RuleCardProps) {
  const { id, name, description, enabled } = rule;
  return (
    <li className={enabled ? 'rule' : 'rule off'}>
      <div className="rule-head">
        <span className="rule-place">{place + 1}</span>
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <code>{id}</code>
        <span className={enabled ? 'on-sign' : 'off-sign'}>{enabled ? 'On' : 'Off: it is not tried'}</span>
        {mayWrite && (
          <span className="rule-ways">
            <Link to={ruleDraftAddress(id)} aria-label={`Change ${name}`}>
              Change
            </Link>
            <TurnButton {...{ api, rule, onTurned }} />
          </span>
        )}
      </div>
      {description !== '' && <p className="said">{description}</p>}
      <ul className="rule-words">
        {ruleWords(rule).map((sentence) => (
          <li key={sentence}>
            <bdi>{sentence}</bdi>
          </li>
        ))}
      </ul>
      {last !== undefined && (
        <p className="soft">
          Changed in version {last.version} by <NoteText note={last} now={now} />
        </p>
      )}
      <details>
        <summary>The whole rule</summary>
        <pre className="code-text">{yamlText(briefRule(rule))}</pre>
      </details>
      <History {...{ api, id, now }} />
    </li>
  );
}

/** Who changed it when and why; asked when it is opened. */
function History({ api, id, now }: Pick<RuleCardProps, 'api' | 'now'> & { readonly id: string }) {
  const [told, setTold] = useState<Told>();
  const { run, problem, busy } = useTask();
  const ask = () => run(async () => setTold(await api.call<Told>(`/api/rules/${encodeURIComponent(id)}`)));
  return (
    <details onToggle={({ currentTarget }) => currentTarget.open && ask()}>
      <summary>All its changes</summary>
      {told === undefined && busy && <Waiting what="its changes" />}
      <FailedLoad problem={problem} onAgain={ask} />
      {told !== undefined && (
        <>
          <ul className="plain">
            {told.history.map((note) => (
              <li key={note.version}>
                Version {note.version}: <NoteText note={note} now={now} />
              </li>
            ))}
          </ul>
          {(told.history.length === 0 || told.historyFrom > 1) && (
            <p className="soft">Looked for in the versions since {told.historyFrom}.</p>
          )}
        </>
      )}
    </details>
  );
}
