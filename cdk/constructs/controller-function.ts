import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Duration, IgnoreMode, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  DockerImageCode,
  DockerImageFunction,
  type FunctionOptions,
  type Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { type ICommandHooks, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { BUNDLE } from './bundle-options.ts';
import type { Segments } from './settings.ts';

/** The checkout that holds this file; bundling starts there, wherever the CDK was called. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface ControllerFunctionProps {
  /** Name of the folder under `lambdas/` whose `handler.ts` is deployed. */
  readonly room: 'discover' | 'tick' | 'learn';
  readonly description: string;
  readonly timeout: Duration;
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly tracing: Segments;
  readonly removalPolicy: RemovalPolicy;
  /**
   * Commands run beside the bundler, for files that a bundle cannot hold.
   * @default none
   */
  readonly commandHooks?: ICommandHooks;
  /**
   * Build file of a container image that takes the zip's place, within the checkout. Docker builds it when it is deployed.
   * @default none: a zip
   */
  readonly dockerfile?: string;
}

/** What an image is made of: sources and the lock. Nothing else changes its digest. */
const IMAGE_SOURCES = ['adapters', 'cdk', 'lambdas', 'loop', 'models', 'package.json', 'package-lock.json', 'tools'];

/**
 * A Lambda of this project: Node 22, one ES module with the SDK inside, its own log group and role, a version for each
 * change and the alias `live` that everything else points at.
 *
 * Refuses to synthesise without a local esbuild: the CDK would otherwise ask for Docker.
 */
export class ControllerFunction extends Construct {
  readonly fn: LambdaFunction;
  readonly live: Alias;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: ControllerFunctionProps) {
    super(scope, id);
    requireLocalBundler();
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: props.removalPolicy,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    const shared: FunctionOptions = {
      description: props.description,
      architecture: Architecture.X86_64,
      memorySize: props.memorySize,
      timeout: props.timeout,
      role: this.role,
      logGroup,
      // Every line is JSON already; JSON format would wrap it, and CloudWatch would not find the embedded metrics.
      loggingFormat: LoggingFormat.TEXT,
      tracing: props.tracing === 'off' ? Tracing.DISABLED : Tracing.ACTIVE,
      environment: {
        ...props.environment,
        POWERTOOLS_TRACE_ENABLED: String(props.tracing === 'tracer'),
      },
    };
    this.fn = props.dockerfile === undefined ? this.#zipped(props, shared) : this.#image(props.dockerfile, shared);
    this.live = new Alias(this, 'Live', { aliasName: 'live', version: this.fn.currentVersion });
    this.#acknowledge();
  }

  #zipped({ room, commandHooks }: ControllerFunctionProps, shared: FunctionOptions): LambdaFunction {
    return new NodejsFunction(this, 'Fn', {
      ...shared,
      entry: path.join(projectRoot, 'lambdas', room, 'handler.ts'),
      projectRoot,
      depsLockFilePath: path.join(projectRoot, 'package-lock.json'),
      runtime: Runtime.NODEJS_22_X,
      awsSdkConnectionReuse: false,
      bundling: {
        format: OutputFormat.ESM,
        target: BUNDLE.target,
        mainFields: [...BUNDLE.mainFields],
        banner: BUNDLE.banner,
        minify: true,
        sourceMap: false,
        bundleAwsSDK: true,
        forceDockerBundling: false,
        ...(commandHooks === undefined ? {} : { commandHooks }),
      },
    });
  }

  #image(file: string, shared: FunctionOptions): LambdaFunction {
    const code = DockerImageCode.fromImageAsset(projectRoot, {
      file,
      exclude: ['*', ...IMAGE_SOURCES.map((source) => `!${source}`)],
      ignoreMode: IgnoreMode.DOCKER,
      platform: Platform.LINUX_AMD64,
    });
    return new DockerImageFunction(this, 'Fn', { ...shared, code });
  }

  /** Lets the function do these things and nothing else. */
  allow(...statements: readonly PolicyStatement[]): void {
    for (const statement of statements) this.role.addToPrincipalPolicy(statement);
  }

  #acknowledge(): void {
    Validations.of(this.fn).acknowledge({
      id: 'AwsSolutions-L1',
      reason:
        'Node 22 is the runtime that the tests run on, and it is supported; a newer one is a change to be tested.',
    });
    Validations.of(this.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'X-Ray and the Describe and GetMetricData calls know no resources, and every one of them only reads or traces.',
    });
  }
}

function requireLocalBundler(): void {
  try {
    createRequire(import.meta.url).resolve('esbuild');
  } catch (cause) {
    throw new Error(
      'esbuild is not installed here, and without it the functions would be bundled in Docker: run npm ci',
      {
        cause,
      },
    );
  }
}
