import { Button } from '@mantine/core';
import { useState } from 'react';
import { ComponentForm } from './component-form.tsx';
import { ComponentRow } from './component-row.tsx';
import { GroupRow } from './group-row.tsx';
import { NewGroup } from './new-group.tsx';
import { Removal, type Removed } from './removal.tsx';
import type { Component, Publishing } from './use-status.ts';

/** What the page consists of, how each part works, and in which order they stand. */
export function ComponentSection(publishing: Publishing) {
  const { components, groups } = publishing.status;
  const [doomed, setDoomed] = useState<Removed>();
  const [isArranging, setArranging] = useState(false);
  const rows = { ...publishing, isArranging, onRemove: setDoomed };
  return (
    <section className="stack" aria-labelledby="parts">
      <div className="buttons">
        <h2 id="parts" className="grow">
          Components of the page
        </h2>
        {components.length + groups.length > 1 && (
          <Button variant="default" aria-pressed={isArranging} onClick={() => setArranging(!isArranging)}>
            {isArranging ? 'Done' : 'Change the order'}
          </Button>
        )}
      </div>
      {components.length === 0 && (
        <p className="soft">The page has no component yet. Add what your users know by name.</p>
      )}
      <Rows components={components.filter(({ group }) => group === undefined)} {...rows} />
      {groups.map((group) => (
        <div key={group.id} className="group">
          <GroupRow group={group} among={isArranging ? idsOf(groups) : undefined} {...rows} />
          <Rows components={components.filter((one) => one.group === group.id)} {...rows} />
        </div>
      ))}
      {!isArranging && <Additions {...publishing} />}
      {doomed !== undefined && (
        <Removal key={doomed.path} of={doomed} {...publishing} onClose={() => setDoomed(undefined)} />
      )}
    </section>
  );
}

interface RowsProps extends Publishing {
  readonly components: readonly Component[];
  readonly isArranging: boolean;
  onRemove(removed: Removed): void;
}

/** The components that stand together. */
function Rows({ components, isArranging, ...rest }: RowsProps) {
  if (components.length === 0) return null;
  const among = isArranging ? idsOf(components) : undefined;
  return (
    <ul className="card lines">
      {components.map((one) => (
        <ComponentRow key={one.id} component={one} among={among} {...rest} />
      ))}
    </ul>
  );
}

const idsOf = (things: readonly { readonly id: string }[]): readonly string[] => things.map(({ id }) => id);

function Additions(publishing: Publishing) {
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      {isAdding ? (
        <div className="card">
          <h3>A new component</h3>
          <ComponentForm {...publishing} onClose={() => setAdding(false)} />
        </div>
      ) : (
        <div className="buttons">
          <Button variant="default" onClick={() => setAdding(true)}>
            Add a component
          </Button>
        </div>
      )}
      <NewGroup {...publishing} />
    </>
  );
}
