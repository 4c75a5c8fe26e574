"""What moto's tests of WorkSpaces expect, as calls of the offline service.

The same results are expected, except for the differences that README.md lists.
"""

import botocore.exceptions

DIRECTORY = "d-906700000a"
OTHER = "d-906700000b"
BUNDLE = "wsb-standard1"


def run(aws, eventually):
    """Runs the cases and returns their number."""
    cases = [value for name, value in globals().items() if name.startswith("case_")]
    for case in cases:
        case(aws, eventually)
    return len(cases)


def code(call, **parameters):
    """Returns the error code of a call, or None if it succeeds."""
    try:
        call(**parameters)
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    return None


def create(aws, user, **rest):
    request = {"DirectoryId": DIRECTORY, "UserName": user, "BundleId": BUNDLE, **rest}
    return aws.create_workspaces(Workspaces=[request])


def failure(output):
    [failed] = output["FailedRequests"]
    assert {"WorkspaceRequest", "ErrorCode", "ErrorMessage"} <= failed.keys()
    return failed["ErrorCode"]


def available(aws, eventually, user):
    id = create(aws, user)["PendingRequests"][0]["WorkspaceId"]
    found = lambda: aws.describe_workspaces(WorkspaceIds=[id])["Workspaces"][0]["State"]
    eventually(lambda: found() == "AVAILABLE", "a WorkSpace")
    return id


def image(aws, eventually, user):
    source = available(aws, eventually, user)
    return aws.create_workspace_image(Name=f"image-{user}", Description="An image", WorkspaceId=source)


def available_image(aws, eventually, user):
    id = image(aws, eventually, user)["ImageId"]
    found = lambda: aws.describe_workspace_images(ImageIds=[id])["Images"][0]["State"]
    eventually(lambda: found() == "AVAILABLE", "an image")
    return id


def case_a_pending_request_has_what_was_requested(aws, _):
    properties = {"RunningMode": "ALWAYS_ON", "ComputeTypeName": "VALUE", "Protocols": ["PCOIP"]}
    rest = {
        "VolumeEncryptionKey": "arn:aws:kms:eu-west-1:123456789012:key/51d81fab-b138-4bd2-8a09-07fd6d37224d",
        "UserVolumeEncryptionEnabled": True,
        "RootVolumeEncryptionEnabled": True,
        "Tags": [{"Key": "foo", "Value": "bar"}],
    }
    sizes = {"RootVolumeSizeGib": 10, "UserVolumeSizeGib": 10}
    impossible = {**rest, "WorkspaceProperties": {**properties, **sizes}}
    assert code(create, aws=aws, user="first", **impossible) == "InvalidParameterValuesException"
    [pending] = create(aws, "first", WorkspaceProperties=properties, **rest)["PendingRequests"]
    expected = {"WorkspaceId", "DirectoryId", "UserName", "State", "BundleId", "WorkspaceProperties", *rest} - {"Tags"}
    assert expected <= pending.keys(), pending


def case_an_invalid_directory_is_a_violation(aws, _):
    assert code(create, aws=aws, user="a", DirectoryId="d-906787e2cx") == "ValidationException"
    invalid = {"DirectoryIds": ["d-9067f997cx"]}
    assert code(aws.describe_workspace_directories, **invalid) == "ValidationException"
    assert code(aws.describe_workspace_image_permissions, ImageId="foo") == "ValidationException"


def case_items_fail_by_themselves(aws, _):
    assert failure(create(aws, "a", DirectoryId="d-906787e2ce")) == "ResourceNotFound.Directory"
    assert failure(create(aws, "a", BundleId="wsb-bh8rsxt14")) == "ResourceNotFound.Bundle"
    timeout = {"RunningModeAutoStopTimeoutInMinutes": 123}
    for mode, expected in [
        ("ALWAYS_ON", "AutoStopTimeoutIsNotApplicableForAnAlwaysOnWorkspace"),
        ("MANUAL", "AutoStopTimeoutIsNotDefaultForManualWorkspace"),
    ]:
        output = create(aws, "a", WorkspaceProperties={"RunningMode": mode, **timeout})
        assert failure(output) == expected


def case_workspaces_are_described_by_directory_and_user(aws, _):
    id = create(aws, "Administrator")["PendingRequests"][0]["WorkspaceId"]
    assert failure(create(aws, "Administrator")) == "ResourceExists.WorkSpace"
    [found] = aws.describe_workspaces(DirectoryId=DIRECTORY, UserName="Administrator")["Workspaces"]
    assert (found["WorkspaceId"], found["UserName"]) == (id, "Administrator")
    assert {"DirectoryId", "State", "BundleId"} <= found.keys()
    ids = {"WorkspaceIds": [id]}
    for filters in [
        {**ids, "DirectoryId": DIRECTORY},
        {**ids, "BundleId": BUNDLE},
        {"DirectoryId": DIRECTORY, "BundleId": BUNDLE},
        {"UserName": "user1"},
    ]:
        assert code(aws.describe_workspaces, **filters) == "InvalidParameterValuesException", filters


def case_a_directory_is_registered_and_deregistered(aws, eventually):
    dedicated = {"DirectoryId": OTHER, "EnableSelfService": True, "Tenancy": "DEDICATED"}
    assert code(aws.register_workspace_directory, **dedicated) == "InvalidParameterValuesException"
    aws.register_workspace_directory(DirectoryId=OTHER, EnableSelfService=True, Tags=[{"Key": "foo1", "Value": "bar1"}])
    described = lambda: aws.describe_workspace_directories(DirectoryIds=[OTHER])["Directories"]
    assert described()[0]["State"] == "REGISTERING"
    eventually(lambda: described()[0]["State"] == "REGISTERED", "a registration")
    [found] = described()
    expected = {
        "DirectoryId", "DirectoryName", "RegistrationCode", "SubnetIds", "DnsIpAddresses", "CustomerUserName", "IamRoleId",
        "DirectoryType", "WorkspaceSecurityGroupId", "State", "WorkspaceCreationProperties", "WorkspaceAccessProperties",
        "Tenancy", "SelfservicePermissions", "SamlProperties", "CertificateBasedAuthProperties",
    }
    assert expected <= found.keys(), expected - found.keys()
    assert found["Tenancy"] == "SHARED" and "EnableWorkDocs" not in found["WorkspaceCreationProperties"]
    self_service = found["SelfservicePermissions"]
    for permission in ["IncreaseVolumeSize", "ChangeComputeType", "SwitchRunningMode", "RebuildWorkspace"]:
        assert self_service[permission] == "ENABLED"

    aws.create_tags(ResourceId=OTHER, Tags=[{"Key": "foo2", "Value": "bar2"}])
    assert [it["Key"] for it in aws.describe_tags(ResourceId=OTHER)["TagList"]] == ["foo1", "foo2"]

    [plain] = aws.describe_workspace_directories(DirectoryIds=[DIRECTORY])["Directories"]
    assert plain["SelfservicePermissions"]["IncreaseVolumeSize"] == "DISABLED"
    aws.modify_selfservice_permissions(ResourceId=OTHER, SelfservicePermissions={"IncreaseVolumeSize": "DISABLED"})
    assert described()[0]["SelfservicePermissions"]["IncreaseVolumeSize"] == "DISABLED"
    group = {"CustomSecurityGroupId": "sg-0123456789abcdef0"}
    aws.modify_workspace_creation_properties(ResourceId=OTHER, WorkspaceCreationProperties=group)
    assert described()[0]["WorkspaceCreationProperties"]["CustomSecurityGroupId"] == group["CustomSecurityGroupId"]
    unknown = {"ResourceId": "d-9067f6c44b", "WorkspaceCreationProperties": group}
    assert code(aws.modify_workspace_creation_properties, **unknown) == "ResourceNotFoundException"

    properties = lambda: aws.describe_client_properties(ResourceIds=[OTHER])["ClientPropertiesList"][0]["ClientProperties"]
    assert properties()["ReconnectEnabled"] == "ENABLED"
    changed = {"ReconnectEnabled": "DISABLED", "LogUploadEnabled": "DISABLED"}
    aws.modify_client_properties(ResourceId=OTHER, ClientProperties=changed)
    assert changed.items() <= properties().items()

    aws.deregister_workspace_directory(DirectoryId=OTHER)
    eventually(lambda: described() == [], "a deregistration")


def case_an_image_is_created(aws, eventually):
    created = image(aws, eventually, "creator")
    expected = {"ImageId", "Name", "Description", "State", "RequiredTenancy", "Created", "OwnerAccountId"}
    assert expected <= created.keys()
    [found] = aws.describe_workspace_images(ImageIds=[created["ImageId"]])["Images"]
    assert {*expected, "Updates"} <= found.keys()
    share = {"ImageId": created["ImageId"], "AllowCopyImage": True, "SharedAccountId": "111111111111"}
    assert code(aws.update_workspace_image_permission, **share) == "ResourceUnavailableException"


def case_an_image_needs_a_workspace_and_a_name(aws, eventually):
    request = {"Name": "an-image", "Description": "An image"}
    unknown = {**request, "WorkspaceId": "ws-hbfljyz9x"}
    assert code(aws.create_workspace_image, **unknown) == "ResourceNotFoundException"
    pending = create(aws, "pending")["PendingRequests"][0]["WorkspaceId"]
    assert code(aws.create_workspace_image, WorkspaceId=pending, **request) == "InvalidResourceStateException"
    one, two = (available(aws, eventually, user) for user in ["one", "two"])
    aws.create_workspace_image(WorkspaceId=one, **request)
    assert code(aws.create_workspace_image, WorkspaceId=two, **request) == "ResourceAlreadyExistsException"


def case_an_image_is_shared(aws, eventually):
    id = available_image(aws, eventually, "sharer")
    share = {"ImageId": id, "SharedAccountId": "111111111111"}
    aws.update_workspace_image_permission(**share, AllowCopyImage=True)
    found = aws.describe_workspace_image_permissions(ImageId=id)
    assert (found["ImageId"], found["ImagePermissions"]) == (id, [{"SharedAccountId": "111111111111"}])
    aws.update_workspace_image_permission(**share, AllowCopyImage=False)
    assert aws.describe_workspace_image_permissions(ImageId=id)["ImagePermissions"] == []


def case_workspaces_are_terminated(aws, eventually):
    id = available(aws, eventually, "leaver")
    assert aws.terminate_workspaces(TerminateWorkspaceRequests=[{"WorkspaceId": id}])["FailedRequests"] == []
    eventually(lambda: aws.describe_workspaces(WorkspaceIds=[id])["Workspaces"] == [], "a termination")
