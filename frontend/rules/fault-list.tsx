import { Button } from '@mantine/core';
import type { Checked } from './checked.ts';

export interface FaultListProps {
  readonly checked: Pick<Checked, 'faults' | 'more' | 'warnings'>;
  onGo(line: number): void;
}

/** What is wrong with a text, each with a way to its place; else what is odd about it. */
export function FaultList({ checked: { faults, more, warnings }, onGo }: FaultListProps) {
  return (
    <div role="status" className="fault-list">
      {faults.length === 0 && warnings.length === 0 && <p className="calm">It is understood as a whole.</p>}
      {faults.length === 0 && warnings.length > 0 && <Odd warnings={warnings} />}
      {faults.length > 0 && (
        <>
          <p className="alarm">
            {faults.length + more === 1 ? 'One thing is' : `${faults.length + more} things are`} wrong with
            it:
          </p>
          <ul>
            {faults.map(({ line, column, place, message }) => (
              <li key={`${line} ${column} ${place} ${message}`}>
                <Button variant="default" size="compact-sm" onClick={() => onGo(line)}>
                  Line {line}
                </Button>{' '}
                <span>
                  {place !== '' && <code>{place}</code>} <bdi>{message}</bdi>
                </span>
              </li>
            ))}
          </ul>
          {more > 0 && <p className="soft">And {more} more.</p>}
        </>
      )}
    </div>
  );
}

function Odd({ warnings }: Pick<Checked, 'warnings'>) {
  const are = warnings.length === 1 ? 'one thing is' : `${warnings.length} things are`;
  return (
    <>
      <p className="odd">It is understood as a whole, but {are} odd about it:</p>
      <ul>
        {warnings.map((warning) => (
          <li key={warning}>
            <span>
              <bdi>{warning}</bdi>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
