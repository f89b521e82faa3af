import { App } from 'aws-cdk-lib';
import { PrescaleController } from '../stacks/prescale-controller.ts';
import { propsFromContext } from './context.ts';

const app = new App();
const props = propsFromContext(app.node.getAllContext());

// One template for every account, except for a rehearsal: that one must know that its account is the emulator's.
const account = process.env['CDK_DEFAULT_ACCOUNT'];
const region = process.env['CDK_DEFAULT_REGION'];
const rehearsal = props.clock === 'event' && account !== undefined && region !== undefined;

new PrescaleController(app, 'PrescaleController', rehearsal ? { ...props, env: { account, region } } : props);
