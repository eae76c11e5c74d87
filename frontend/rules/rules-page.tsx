import { Button } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import { Link } from 'wouter';
import { may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { ruleDraftAddress } from '../app/addresses.ts';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { useFocusAfter } from '../ui/use-focus-after.ts';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { NoteText } from './note-text.tsx';
import { PartLinks } from './part-links.tsx';
import { RuleCard, type RuleCardProps } from './rule-card.tsx';
import { hasWords, otherwiseWords } from './rule-words.ts';
import { lastChange, type Standing, useStanding } from './use-rules.ts';

export interface RulesPageProps {
  readonly api: Api;
  readonly role: Role;
}

/** The rules in force in their order: what each does, and who changed it when and why. */
export function RulesPage({ api, role }: RulesPageProps) {
  useTitle('Rules');
  const { value, at, problem, refresh } = useStanding(api);
  const [said, setSaid] = useState<readonly string[]>([]);
  const head = useFocusAfter(said.length);
  const now = useNow();
  const mayWrite = may(role, 'configuration.write');
  const onTurned = (words: string) => {
    setSaid([...said, words]);
    refresh();
  };
  return (
    <div className="stack rules">
      <div className="head">
        <h1 tabIndex={-1} ref={head}>
          Rules
        </h1>
        {mayWrite && (
          <Button component={Link} to={ruleDraftAddress()}>
            Change the rules
          </Button>
        )}
        <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
      </div>
      <PartLinks here="" />
      {value === undefined && problem === undefined && <Waiting what="rules" />}
      <p role="status">{said.at(-1)}</p>
      {value !== undefined && <InForce {...{ api, value, mayWrite, now }} onTurned={onTurned} />}
    </div>
  );
}

const STEP = 50;

/** So many are seen at once. */
const FEW = 5;

interface InForceProps extends Pick<RuleCardProps, 'api' | 'onTurned'> {
  readonly value: Standing;
  readonly mayWrite: boolean;
  readonly now: number;
}

function InForce({ value, ...card }: InForceProps) {
  const [text, setText] = useState('');
  const [most, setMost] = useState(STEP);
  const words = useDeferredValue(text.trim());
  const { rules } = value.configuration;
  const placed = rules.map((rule, place) => ({ rule, place }));
  const found = words === '' ? placed : placed.filter(({ rule }) => hasWords(rule, words));
  return (
    <>
      <Version value={value} now={card.now} />
      {rules.length === 0 && (
        <div className="empty">
          <h2>No rules yet</h2>
          <p>Alerts of the same service are one incident, and all of them page the first policy.</p>
        </div>
      )}
      {rules.length > FEW && (
        <Search {...{ text }} found={found.length} all={rules.length} onText={setText} />
      )}
      <ol className="rule-list">
        {found.slice(0, most).map(({ rule, place }) => (
          <RuleCard key={rule.id} {...card} {...{ rule, place }} last={lastChange(value.versions, rule.id)} />
        ))}
        {found.length <= most && words === '' && <Otherwise />}
      </ol>
      {found.length > most && (
        <div className="more">
          <Button variant="default" onClick={() => setMost(most + STEP)}>
            Show {Math.min(STEP, found.length - most)} more
          </Button>
        </div>
      )}
    </>
  );
}

interface SearchProps {
  readonly text: string;
  readonly found: number;
  readonly all: number;
  onText(text: string): void;
}

function Search({ text, found, all, onText }: SearchProps) {
  return (
    <search className="filters">
      <SearchField label="Words in the rules" text={text} onText={onText} />
      <p className="soft" role="status">
        {found === all ? `${all} rules` : `${found} of ${all} rules`}
      </p>
    </search>
  );
}

function Version({ value, now }: { readonly value: Standing; readonly now: number }) {
  const { version, versions, leftOut = [] } = value;
  const note = versions.find((one) => one.version === version);
  return (
    <>
      <p className="soft">
        They are tried in this order; the first that is on and fits an alert decides.{' '}
        {note !== undefined && (
          <>
            Version {version} by <NoteText note={note} now={now} />
          </>
        )}
      </p>
      {leftOut.length > 0 && (
        <div className="went-on">
          <p>This program does not understand all of version {version}, and leaves out:</p>
          <ul>
            {leftOut.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Otherwise() {
  return (
    <li className="rule">
      <div className="rule-head">
        <h2>Everything else</h2>
        <span className="soft">built in</span>
      </div>
      <ul className="rule-words">
        {otherwiseWords.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </li>
  );
}
