import { useState } from 'react';
import type { Me } from './use-me.ts';

export type Organisation = Me['organisations'][number];

const remembered = 'organisation';

/** The organisation that this person works in, remembered by the browser; undefined when there is none. */
export function useOrganisation({ organisations }: Pick<Me, 'organisations'>) {
  const [chosen, setChosen] = useState(() => localStorage.getItem(remembered));
  const choose = (id: string) => {
    localStorage.setItem(remembered, id);
    setChosen(id);
  };
  const organisation = organisations.find(({ id }) => id === chosen) ?? organisations[0];
  return { organisation, choose };
}
