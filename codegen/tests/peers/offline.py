"""Calls every operation of the offline WorkSpaces from boto3, over JSON and over CBOR. README.md describes this."""

import gzip
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import boto3
import botocore
import botocore.config
import botocore.exceptions
import botocore.parsers
import botocore.session
import botocore.validate

# The folder of the tests stays as it is.
sys.dont_write_bytecode = True
import offline_moto

ROOT = pathlib.Path(__file__).resolve().parents[3]
MODEL = pathlib.Path("workspaces", "2015-04-08", "service-2.json")
# The service's clock runs this many times as fast as real time: an hour in a second.
SPEED = 3600
PROTOCOLS = {"json": "json", "cbor": "smithy-rpc-v2-cbor"}


def write_model(folder, protocol):
    """Fills a folder for AWS_DATA_PATH with a model that has one protocol."""
    data = pathlib.Path(botocore.__file__).parent / "data"
    model = json.loads(gzip.decompress((data / MODEL).with_suffix(".json.gz").read_bytes()))
    model["metadata"].update(protocols=[protocol], protocol=protocol)
    (folder / MODEL).parent.mkdir(parents=True)
    (folder / MODEL).write_text(json.dumps(model))


class Server:
    """A process of `cargo xtask serve`."""

    def __init__(self, *options):
        command = ["cargo", "xtask", "serve", "--port", "0", "--speed", str(SPEED), "--fleet", "4", *options]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = next(line for line in self.process.stdout if "AWS_ENDPOINT_URL_WORKSPACES" in line)
        self.url = re.search("http://[0-9.:]+", line)[0]
        # The server logs its calls, which must be read.
        self.log = subprocess.Popen(["cat"], stdin=self.process.stdout, stdout=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.log.kill()
        self.log.wait()


def client(url, protocol):
    config = botocore.config.Config(retries={"max_attempts": 0})
    keys = {"aws_access_key_id": "any", "aws_secret_access_key": "any"}
    with tempfile.TemporaryDirectory() as folder:
        write_model(pathlib.Path(folder), protocol)
        os.environ["AWS_DATA_PATH"] = folder
        session = boto3.Session(botocore_session=botocore.session.Session())
        found = session.client("workspaces", region_name="us-east-1", endpoint_url=url, config=config, **keys)
    assert found.meta.service_model.resolved_protocol == protocol
    return found


def decoded(response):
    """Returns the body of a response as it is, with members that its shape does not have."""
    body = response["body"]
    if response["headers"].get("smithy-protocol"):
        parser = botocore.parsers.RpcV2CBORParser()
        return parser.parse_data_item(io.BufferedReader(io.BytesIO(body))) if body else {}
    return json.loads(body or "{}")


def check(shape, value, place):
    """Raises an error if a value has members or enum values that its shape does not have, or lacks required members."""
    if shape.type_name == "structure":
        unknown = value.keys() - shape.members.keys()
        missing = set(shape.required_members) - value.keys()
        assert not unknown and not missing, f"{place}: unknown {unknown}, missing {missing}"
        for name, member in value.items():
            check(shape.members[name], member, f"{place}.{name}")
    elif shape.type_name == "list":
        for index, element in enumerate(value):
            check(shape.member, element, f"{place}[{index}]")
    elif shape.type_name == "map":
        for key, element in value.items():
            check(shape.value, element, f"{place}.{key}")
    elif shape.type_name == "string":
        assert not shape.enum or value in shape.enum, f"{place}: {value}"
        pattern = shape.metadata.get("pattern")
        assert not pattern or re.search(pattern, value), f"{place}: {value} is not {pattern}"


class Caller:
    """Calls operations, checks their outputs, and records which of them succeeded."""

    def __init__(self, url, protocol):
        self.client = client(url, protocol)
        self.succeeded = set()
        names = self.client.meta.method_to_api_mapping
        self.operations = {method: names[method] for method in names}
        self.client.meta.events.register("before-parse.workspaces", self.keep)

    def keep(self, response_dict, **_):
        self.body = decoded(response_dict)

    def __getattr__(self, method):
        def call(**parameters):
            output = getattr(self.client, method)(**parameters)
            operation = self.operations[method]
            shape = self.client.meta.service_model.operation_model(operation).output_shape
            output.pop("ResponseMetadata")
            if shape is not None:
                check(shape, self.body, operation)
                report = botocore.validate.ParamValidator().validate(output, shape)
                # Lists that the model requires to be non-empty are seen empty.
                errors = [it for it in report.generate_report().splitlines() if "min length: 1" not in it]
                assert not errors, f"{operation}: {errors}"
            self.succeeded.add(operation)
            return output

        return call

    def fails(self, code, method, **parameters):
        try:
            getattr(self.client, method)(**parameters)
        except botocore.exceptions.ClientError as error:
            assert error.response["Error"]["Code"] == code, f"{method}: {error}"
        else:
            raise AssertionError(f"{method} did not fail with {code}")


def eventually(condition, what):
    """Waits until a condition holds, up to five hours of the service's time."""
    end = time.monotonic() + 5 * 3600 / SPEED + 5
    while not condition():
        assert time.monotonic() < end, f"{what} takes too long"
        time.sleep(0.05)


def state(aws, id):
    found = aws.describe_workspaces(WorkspaceIds=[id])["Workspaces"]
    return found[0]["State"] if found else None


def accounts(aws):
    assert aws.list_available_management_cidr_ranges(ManagementCidrRangeConstraint="10.0.0.0/8")["ManagementCidrRanges"]
    aws.modify_account(DedicatedTenancySupport="ENABLED", DedicatedTenancyManagementCidrRange="10.7.0.0/16")
    enabled = lambda: aws.describe_account()["DedicatedTenancySupport"] == "ENABLED"
    eventually(enabled, "BYOL")
    assert aws.describe_account_modifications()["AccountModifications"][0]["ModificationState"] == "COMPLETED"

    link = aws.create_account_link_invitation(TargetAccountId="333333333333")["AccountLink"]["AccountLinkId"]
    assert aws.get_account_link(LinkId=link)["AccountLink"]["TargetAccountId"] == "333333333333"
    aws.delete_account_link_invitation(LinkId=link)
    aws.fails("ResourceNotFoundException", "get_account_link", LinkId=link)
    first, second = [it["AccountLinkId"] for it in aws.list_account_links()["AccountLinks"]]
    aws.reject_account_link_invitation(LinkId=first)
    aws.accept_account_link_invitation(LinkId=second)
    statuses = [it["AccountLinkStatus"] for it in aws.list_account_links()["AccountLinks"]]
    assert statuses == ["REJECTED", "LINKED"], statuses
    assert aws.describe_account()["DedicatedTenancyAccountType"] == "TARGET_ACCOUNT"


def directories(aws):
    tags = [{"Key": "team", "Value": "red"}]
    aws.register_workspace_directory(DirectoryId="d-906700000b", Tags=tags)
    described = lambda: aws.describe_workspace_directories(DirectoryIds=["d-906700000b"])["Directories"]
    eventually(lambda: described()[0]["State"] == "REGISTERED", "a registration")
    id = {"ResourceId": "d-906700000b"}
    aws.modify_workspace_access_properties(**id, WorkspaceAccessProperties={"DeviceTypeWeb": "ALLOW"})
    aws.modify_workspace_creation_properties(**id, WorkspaceCreationProperties={"EnableInternetAccess": True})
    aws.modify_selfservice_permissions(**id, SelfservicePermissions={"RebuildWorkspace": "ENABLED"})
    saml = {"Status": "ENABLED", "UserAccessUrl": "https://example.com/saml"}
    aws.modify_saml_properties(**id, SamlProperties=saml)
    authority = "arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/mine"
    certificates = {"Status": "ENABLED", "CertificateAuthorityArn": authority}
    aws.modify_certificate_based_auth_properties(**id, CertificateBasedAuthProperties=certificates)
    aws.modify_streaming_properties(**id, StreamingProperties={"StreamingExperiencePreferredProtocol": "UDP"})
    aws.modify_endpoint_encryption_mode(DirectoryId="d-906700000b", EndpointEncryptionMode="FIPS_VALIDATED")
    found = described()[0]
    assert found["WorkspaceAccessProperties"]["DeviceTypeWeb"] == "ALLOW"
    assert found["WorkspaceCreationProperties"]["EnableInternetAccess"] is True
    assert found["SelfservicePermissions"]["RebuildWorkspace"] == "ENABLED"
    assert found["SamlProperties"]["UserAccessUrl"] == "https://example.com/saml"
    assert found["CertificateBasedAuthProperties"] == certificates
    assert found["StreamingProperties"]["StreamingExperiencePreferredProtocol"] == "UDP"
    assert found["EndpointEncryptionMode"] == "FIPS_VALIDATED"

    aws.modify_client_properties(**id, ClientProperties={"ReconnectEnabled": "DISABLED"})
    clients = aws.describe_client_properties(ResourceIds=["d-906700000b"])["ClientPropertiesList"]
    assert clients[0]["ClientProperties"]["ReconnectEnabled"] == "DISABLED"

    group = aws.create_ip_group(GroupName="office", UserRules=[{"ipRule": "192.0.2.0/24"}])["GroupId"]
    rules = lambda: [it["ipRule"] for it in aws.describe_ip_groups(GroupIds=[group])["Result"][0]["userRules"]]
    aws.authorize_ip_rules(GroupId=group, UserRules=[{"ipRule": "198.51.100.0/24"}])
    assert rules() == ["192.0.2.0/24", "198.51.100.0/24"]
    aws.revoke_ip_rules(GroupId=group, UserRules=["192.0.2.0/24"])
    assert rules() == ["198.51.100.0/24"]
    aws.update_rules_of_ip_group(GroupId=group, UserRules=[{"ipRule": "203.0.113.0/24"}])
    assert rules() == ["203.0.113.0/24"]
    aws.associate_ip_groups(DirectoryId="d-906700000b", GroupIds=[group])
    assert described()[0]["ipGroupIds"] == [group]
    aws.disassociate_ip_groups(DirectoryId="d-906700000b", GroupIds=[group])
    assert described()[0]["ipGroupIds"] == []
    aws.delete_ip_group(GroupId=group)
    assert aws.describe_ip_groups(GroupIds=[group])["Result"] == []

    aws.create_tags(ResourceId="d-906700000b", Tags=[{"Key": "cost", "Value": "7"}])
    aws.delete_tags(ResourceId="d-906700000b", TagKeys=["team"])
    assert aws.describe_tags(ResourceId="d-906700000b")["TagList"] == [{"Key": "cost", "Value": "7"}]


def clients(aws):
    id = {"ResourceId": "d-906700000b"}
    logo = bytes(range(256)) * 4
    windows = {"Logo": logo, "SupportEmail": "help@example.com", "LoginMessage": {"en_US": "Welcome"}}
    ios = {"Logo": logo, "Logo2x": logo, "Logo3x": logo, "SupportLink": "https://example.com"}
    aws.import_client_branding(**id, DeviceTypeWindows=windows, DeviceTypeIos=ios)
    found = aws.describe_client_branding(**id)
    assert found.keys() == {"DeviceTypeWindows", "DeviceTypeIos"}
    assert found["DeviceTypeWindows"]["LoginMessage"] == {"en_US": "Welcome"}
    aws.delete_client_branding(**id, Platforms=["DeviceTypeIos"])
    assert aws.describe_client_branding(**id).keys() == {"DeviceTypeWindows"}
    largest = {"Logo": bytes(1_500_000)}
    platforms = ["Windows", "Osx", "Android", "Linux"]
    aws.import_client_branding(**id, **{f"DeviceType{it}": largest for it in platforms})

    add_in = aws.create_connect_client_add_in(**id, Name="calls", URL="https://example.com/calls")["AddInId"]
    aws.update_connect_client_add_in(**id, AddInId=add_in, Name="Calls")
    assert aws.describe_connect_client_add_ins(**id)["AddIns"][0]["Name"] == "Calls"
    aws.delete_connect_client_add_in(**id, AddInId=add_in)
    assert aws.describe_connect_client_add_ins(**id)["AddIns"] == []

    alias = aws.create_connection_alias(ConnectionString="desktop.example.com")["AliasId"]
    described = lambda: aws.describe_connection_aliases(AliasIds=[alias])["ConnectionAliases"]
    eventually(lambda: described()[0]["State"] == "CREATED", "an alias")
    status = lambda: described()[0]["Associations"][0]["AssociationStatus"]
    assert status() == "NOT_ASSOCIATED"
    aws.associate_connection_alias(AliasId=alias, ResourceId="d-906700000b")
    eventually(lambda: status() == "ASSOCIATED_WITH_OWNER_ACCOUNT", "an association")
    aws.disassociate_connection_alias(AliasId=alias)
    eventually(lambda: status() == "NOT_ASSOCIATED", "a dissociation")
    share = lambda allow: aws.update_connection_alias_permission(
        AliasId=alias, ConnectionAliasPermission={"SharedAccountId": "333333333333", "AllowAssociation": allow}
    )
    permissions = lambda: aws.describe_connection_alias_permissions(AliasId=alias)["ConnectionAliasPermissions"]
    share(True)
    assert permissions() == [{"SharedAccountId": "333333333333", "AllowAssociation": True}]
    share(False)
    assert permissions() == []
    aws.delete_connection_alias(AliasId=alias)
    eventually(lambda: described() == [], "a deletion")


def workspaces(aws):
    request = {"DirectoryId": "d-906700000b", "UserName": "ada", "BundleId": "wsb-standard1"}
    request["WorkspaceProperties"] = {"RunningMode": "MANUAL"}
    created = aws.create_workspaces(Workspaces=[request, {**request, "BundleId": "wsb-nothing01", "UserName": "grace"}])
    assert created["FailedRequests"][0]["ErrorCode"] == "ResourceNotFound.Bundle"
    id = created["PendingRequests"][0]["WorkspaceId"]
    available = lambda id: eventually(lambda: state(aws, id) == "AVAILABLE", f"{id} AVAILABLE")
    available(id)
    connection = aws.describe_workspaces_connection_status(WorkspaceIds=[id])["WorkspacesConnectionStatus"]
    assert connection[0]["ConnectionState"] == "DISCONNECTED"
    snapshots = aws.describe_workspace_snapshots(WorkspaceId=id)
    assert snapshots["RebuildSnapshots"] and snapshots["RestoreSnapshots"]
    assert aws.stop_workspaces(StopWorkspaceRequests=[{"WorkspaceId": id}])["FailedRequests"] == []
    eventually(lambda: state(aws, id) == "STOPPED", "a stop")
    assert aws.start_workspaces(StartWorkspaceRequests=[{"WorkspaceId": id}])["FailedRequests"] == []
    available(id)
    assert aws.reboot_workspaces(RebootWorkspaceRequests=[{"WorkspaceId": id}])["FailedRequests"] == []
    available(id)
    assert aws.rebuild_workspaces(RebuildWorkspaceRequests=[{"WorkspaceId": id}])["FailedRequests"] == []
    assert state(aws, id) == "REBUILDING"
    available(id)
    aws.restore_workspace(WorkspaceId=id)
    assert state(aws, id) == "RESTORING"
    available(id)
    aws.modify_workspace_state(WorkspaceId=id, WorkspaceState="ADMIN_MAINTENANCE")
    assert state(aws, id) == "ADMIN_MAINTENANCE"
    aws.modify_workspace_state(WorkspaceId=id, WorkspaceState="AVAILABLE")
    aws.modify_workspace_properties(WorkspaceId=id, WorkspaceProperties={"RunningMode": "ALWAYS_ON"})
    fleet = aws.describe_workspaces(DirectoryId="d-906700000a")["Workspaces"][0]["WorkspaceId"]
    aws.modify_workspace_properties(WorkspaceId=fleet, WorkspaceProperties={"UserVolumeSizeGib": 100})
    described = lambda id: aws.describe_workspaces(WorkspaceIds=[id])["Workspaces"][0]
    assert described(fleet)["ModificationStates"][0]["Resource"] == "USER_VOLUME"
    eventually(lambda: described(fleet)["WorkspaceProperties"]["UserVolumeSizeGib"] == 100, "a change")
    assert described(fleet)["ModificationStates"] == []
    assert described(id)["WorkspaceProperties"]["RunningMode"] == "ALWAYS_ON"

    target = aws.migrate_workspace(SourceWorkspaceId=id, BundleId="wsb-power0001")["TargetWorkspaceId"]
    assert state(aws, id) == "AVAILABLE" and state(aws, target) == "PENDING"
    available(target)
    eventually(lambda: state(aws, id) is None, "a migration")
    aws.terminate_workspaces(TerminateWorkspaceRequests=[{"WorkspaceId": target}])
    assert state(aws, target) == "TERMINATING"
    eventually(lambda: state(aws, target) is None, "a termination")
    aws.deregister_workspace_directory(DirectoryId="d-906700000b")
    found = lambda: aws.describe_workspace_directories(DirectoryIds=["d-906700000b"])["Directories"]
    eventually(lambda: found() == [], "a deregistration")

    standby = [{"PrimaryWorkspaceId": "ws-primary01", "DirectoryId": "d-906700000a"}]
    pending = aws.create_standby_workspaces(PrimaryRegion="us-west-2", StandbyWorkspaces=standby)
    id = pending["PendingStandbyRequests"][0]["WorkspaceId"]
    available(id)
    assert described(id)["RelatedWorkspaces"][0]["Type"] == "PRIMARY"


def applications(aws):
    fleet = aws.describe_workspaces(DirectoryId="d-906700000a")["Workspaces"][1]["WorkspaceId"]
    office = next(it for it in aws.describe_applications()["Applications"] if it["State"] == "AVAILABLE")
    id = office["ApplicationId"]
    both = {"WorkspaceId": fleet, "ApplicationId": id}
    kinds = {"AssociatedResourceTypes": ["APPLICATION"]}
    status = lambda: aws.describe_workspace_associations(WorkspaceId=fleet, **kinds)["Associations"][0]["State"]
    aws.associate_workspace_application(**both)
    assert status() == "PENDING_INSTALL"
    assert len(aws.deploy_workspace_applications(WorkspaceId=fleet)["Deployment"]["Associations"]) == 1
    eventually(lambda: status() == "COMPLETED", "an installation")
    where = aws.describe_application_associations(ApplicationId=id, AssociatedResourceTypes=["WORKSPACE"])
    assert where["Associations"][0]["AssociatedResourceId"] == fleet
    image = aws.create_workspace_image(Name="office", Description="With office", WorkspaceId=fleet)["ImageId"]
    images(aws, image, id)
    aws.disassociate_workspace_application(**both)
    aws.deploy_workspace_applications(WorkspaceId=fleet)
    eventually(lambda: status() == "REMOVED", "a removal")


def images(aws, image, application):
    status = lambda id: aws.describe_workspace_images(ImageIds=[id])["Images"][0]["State"]
    done = lambda id: eventually(lambda: status(id) == "AVAILABLE", "an image")
    done(image)
    kinds = {"AssociatedResourceTypes": ["APPLICATION"]}
    found = aws.describe_image_associations(ImageId=image, **kinds)["Associations"]
    assert found[0]["AssociatedResourceId"] == application
    copy = aws.copy_workspace_image(Name="copy", SourceImageId=image, SourceRegion="us-east-1")["ImageId"]
    updated = aws.create_updated_workspace_image(Name="new", Description="Newer", SourceImageId=image)["ImageId"]
    source = "ami-0123456789abcdef0"
    text = {"ImageName": "byol", "ImageDescription": "Windows"}
    imported = aws.import_workspace_image(Ec2ImageId=source, IngestionProcess="BYOL_REGULAR_WSP", **text)["ImageId"]
    builder = "arn:aws:imagebuilder:us-east-1:123456789012:infrastructure-configuration/mine"
    custom = aws.import_custom_workspace_image(
        ImageName="custom", ImageDescription="Windows", ComputeType="BASE", Protocol="DCV", Platform="WINDOWS",
        ImageSource={"Ec2ImageId": source}, InfrastructureConfigurationArn=builder, OsVersion="Windows_11",
    )["ImageId"]
    progress = lambda: aws.describe_custom_workspace_image_import(ImageId=custom)["State"]
    assert progress() in ("PENDING", "IN_PROGRESS")
    bundle = aws.create_workspace_bundle(
        BundleName="mine", BundleDescription="Mine", ImageId=image, ComputeType={"Name": "STANDARD"},
        UserStorage={"Capacity": "50"},
    )["WorkspaceBundle"]["BundleId"]
    found = aws.describe_bundle_associations(BundleId=bundle, **kinds)["Associations"]
    assert found[0]["AssociatedResourceId"] == application
    for id in [copy, updated, imported, custom]:
        done(id)
    assert progress() == "COMPLETED"
    aws.update_workspace_bundle(BundleId=bundle, ImageId=copy)
    bundles = lambda: aws.describe_workspace_bundles(BundleIds=[bundle])["Bundles"]
    assert bundles()[0]["ImageId"] == copy
    aws.delete_workspace_bundle(BundleId=bundle)
    assert bundles() == []
    account = {"ImageId": image, "SharedAccountId": "333333333333"}
    aws.update_workspace_image_permission(**account, AllowCopyImage=True)
    permissions = aws.describe_workspace_image_permissions(ImageId=image)["ImagePermissions"]
    assert permissions == [{"SharedAccountId": "333333333333"}]
    aws.delete_workspace_image(ImageId=copy)
    assert aws.describe_workspace_images(ImageIds=[copy])["Images"] == []


def pools(aws):
    pool = aws.create_workspaces_pool(
        PoolName="pool", Description="A pool", BundleId="wsb-standard1", DirectoryId="wsd-90670000c",
        Capacity={"DesiredUserSessions": 2},
    )["WorkspacesPool"]["PoolId"]
    described = lambda: aws.describe_workspaces_pools(PoolIds=[pool])["WorkspacesPools"][0]
    reached = lambda state: eventually(lambda: described()["State"] == state, f"a pool {state}")
    reached("STOPPED")
    aws.update_workspaces_pool(PoolId=pool, Description="A better pool")
    reached("STOPPED")
    assert described()["Description"] == "A better pool"
    aws.start_workspaces_pool(PoolId=pool)
    reached("RUNNING")
    sessions = lambda: aws.describe_workspaces_pool_sessions(PoolId=pool)["Sessions"]
    [session] = sessions()
    aws.terminate_workspaces_pool_session(SessionId=session["SessionId"])
    assert sessions() == []
    aws.stop_workspaces_pool(PoolId=pool)
    reached("STOPPED")
    aws.terminate_workspaces_pool(PoolId=pool)
    gone = lambda: pool not in [it["PoolId"] for it in aws.describe_workspaces_pools()["WorkspacesPools"]]
    eventually(gone, "the deletion of a pool")


def run(name, protocol):
    start = time.monotonic()
    with Server() as server:
        aws = Caller(server.url, protocol)
        for part in [accounts, directories, clients, workspaces, applications, pools]:
            part(aws)
        missing = set(aws.operations.values()) - aws.succeeded
        assert not missing, missing
    print(f"{name:<8}{len(aws.succeeded)} operations{time.monotonic() - start:8.1f} s", flush=True)
    with Server() as server:
        count = offline_moto.run(client(server.url, protocol), eventually)
    print(f"{name:<8}{count} cases of moto", flush=True)


def main():
    for name in sys.argv[1:] or PROTOCOLS:
        run(name, PROTOCOLS[name])


if __name__ == "__main__":
    main()
