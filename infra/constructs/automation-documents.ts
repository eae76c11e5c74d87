/** Names that only documents of AWS itself may begin with; they belong to no account. */
const reserved = /^(aws|amazon|amzn)/i;

/**
 * The resources that leave to start an automation of this document is asked on, from `ssm:<region>` on: by the document, and as
 * policies named it before. Source: "Setting up identity based policies examples" of the guide to Systems Manager.
 */
export function documentResources(name: string, account: string): readonly string[] {
  const owners = reserved.test(name) ? [account, ''] : [account];
  return owners.flatMap((owner) => [`${owner}:document/${name}`, `${owner}:automation-definition/${name}:*`]);
}
