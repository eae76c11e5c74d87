import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';

interface BudgetProps {
  /** Hears of it by mail. */
  readonly email: string;
  /** US dollars a month, for the whole account. */
  readonly dollars: number;
}

/** Warns by mail when the account has spent most of a month's budget, or is on its way beyond it. A budget costs nothing. */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, { email, dollars }: BudgetProps) {
    super(scope, id);
    const subscribers = [{ subscriptionType: 'EMAIL', address: email }];
    const beyond = { comparisonOperator: 'GREATER_THAN', thresholdType: 'PERCENTAGE' };
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: dollars, unit: 'USD' },
      },
      notificationsWithSubscribers: [
        { notification: { ...beyond, notificationType: 'ACTUAL', threshold: 80 }, subscribers },
        { notification: { ...beyond, notificationType: 'FORECASTED', threshold: 100 }, subscribers },
      ],
    });
  }
}
