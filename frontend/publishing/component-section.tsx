import { Button } from '@mantine/core';
import { useState } from 'react';
import { ComponentForm } from './component-form.tsx';
import { ComponentRow } from './component-row.tsx';
import { GroupRow } from './group-row.tsx';
import { NewGroup } from './new-group.tsx';
import { Removal, type Removed } from './removal.tsx';
import type { Component, Publishing } from './use-status.ts';

/** What the page consists of, and how each part works. */
export function ComponentSection(publishing: Publishing) {
  const { components, groups } = publishing.status;
  const [doomed, setDoomed] = useState<Removed>();
  const [isAdding, setAdding] = useState(false);
  const alone = components.filter(({ group }) => group === undefined);
  const rows = (own: readonly Component[]) =>
    own.length > 0 && (
      <ul className="card lines">
        {own.map((one) => (
          <ComponentRow key={one.id} component={one} {...publishing} onRemove={setDoomed} />
        ))}
      </ul>
    );
  return (
    <section className="stack" aria-labelledby="parts">
      <h2 id="parts">Components of the page</h2>
      {components.length === 0 && (
        <p className="soft">The page has no component yet. Add what your users know by name.</p>
      )}
      {rows(alone)}
      {groups.map((group) => (
        <div key={group.id} className="stack">
          <GroupRow group={group} {...publishing} onRemove={setDoomed} />
          {rows(components.filter((one) => one.group === group.id))}
        </div>
      ))}
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
      {doomed !== undefined && (
        <Removal key={doomed.path} of={doomed} {...publishing} onClose={() => setDoomed(undefined)} />
      )}
    </section>
  );
}
