import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { Construct } from 'constructs';
import type { ServerImages } from './images';

/** Properties of {@link ExecutionRole}. */
export interface ExecutionRoleProps {
  readonly images: ServerImages;
}

/**
 * What ECS does on behalf of the task before it starts: pull exactly its images. Reading its secrets and writing the one log group are
 * added by the containers that name them. The containers themselves never see this role.
 */
export class ExecutionRole extends Construct {
  public readonly role: Role;

  public constructor(scope: Construct, id: string, { images }: ExecutionRoleProps) {
    super(scope, id);
    this.role = new Role(this, 'Resource', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        resources: repositoryArns([images.restate, images.envoy, images.certificate]),
      }),
    );
    this.role.addToPolicy(new PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }));
  }
}

function repositoryArns(images: readonly { readonly repository: IRepository }[]): string[] {
  return [...new Set(images.map(({ repository }) => repository.repositoryArn))];
}
