import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import type { Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { NoPage } from './no-page.tsx';

const files = {
  inForce: () => import('../rules/rules-page.tsx'),
  draft: () => import('../rules/draft-page.tsx'),
  shadow: () => import('../rules/shadow-page.tsx'),
  versions: () => import('../rules/versions-page.tsx'),
};

/** Which file the page at an address below `/rules` is in. */
export const ruleFiles: readonly (readonly [path: RegExp, load: () => Promise<unknown>])[] = [
  [/^\/rules$/, files.inForce],
  [/^\/rules\/draft$/, files.draft],
  [/^\/rules\/shadow$/, files.shadow],
  [/^\/rules\/versions$/, files.versions],
];

const RulesPage = lazy(async () => ({ default: (await files.inForce()).RulesPage }));
const DraftPage = lazy(async () => ({ default: (await files.draft()).DraftPage }));
const ShadowPage = lazy(async () => ({ default: (await files.shadow()).ShadowPage }));
const VersionsPage = lazy(async () => ({ default: (await files.versions()).VersionsPage }));

export interface RulePagesProps {
  readonly api: Api;
  readonly role: Role;
  readonly organisation: string;
  /** The query of the address. */
  readonly search: string;
}

/** The pages of the rules by which alerts become incidents. */
export function RulePages({ search, organisation, ...rest }: RulePagesProps) {
  const rule = new URLSearchParams(search).get('rule') ?? undefined;
  return (
    <Switch>
      <Route path="/rules">
        <RulesPage {...rest} />
      </Route>
      <Route path="/rules/draft">
        <DraftPage {...rest} {...{ organisation, rule }} />
      </Route>
      <Route path="/rules/shadow">
        <ShadowPage {...rest} />
      </Route>
      <Route path="/rules/versions">
        <VersionsPage {...rest} />
      </Route>
      <Route component={NoPage} />
    </Switch>
  );
}
