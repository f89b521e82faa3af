import { criticalRatioOf, leadSecondsOf, type Policy, parsePolicy, windowStepsOf } from '../../loop/policy.ts';
import { percent } from '../page/format.ts';
import { textOfFile } from '../text-file.ts';
import { type Check, good, note } from './check.ts';

/**
 * What a policy in a file comes to, before it is given to anybody; asks no account. Throws `BadInputError` for a file that
 * cannot be read and for a document that is no policy, naming every offending key.
 */
export function policyChecks(file: string): readonly Check[] {
  const policy = parsePolicy(textOfFile('--policy', file), file);
  const { mode, workload, capacity, price } = policy;
  return [
    good('policy', `"${policy.name}" for workload ${workload}, version ${policy.version}`),
    mode === 'observe' || mode === 'advise'
      ? note('mode', `${mode}: it changes nothing`, 'choose floor when you like what it would do')
      : good('mode', mode),
    good('lead', leadOf(policy)),
    good(
      'price',
      `a shortage costs ${price.shortagePenalty} times a unit: the ${percent(criticalRatioOf(policy), 1)} quantile`,
    ),
    good('capacity', `one ${capacity.unit} serves ${capacity.throughputPerUnit} a second at full use`),
  ];
}

const leadOf = (policy: Policy): string =>
  `${leadSecondsOf(policy)} s from the newest known load to a unit that serves: ${windowStepsOf(policy)} steps are looked ahead`;
