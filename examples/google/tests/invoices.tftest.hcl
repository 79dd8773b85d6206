# What has to stay true of the internal example, whoever changes it next, in the words of Terraform 1.11. Beside its cdk.tf.json,
# `terraform test` runs it without an account: every value that only Google knows is made up, and nothing is applied.

mock_provider "google" {
  override_resource {
    target          = google_service_account.Restate_Account_D51C4278
    override_during = plan
    values          = { email = "restate@example-project.iam.gserviceaccount.com" }
  }
}

run "the_service_is_private" {
  command = plan

  assert {
    condition     = google_cloud_run_v2_service.Greeter_A41DC22A.ingress == "INGRESS_TRAFFIC_INTERNAL_ONLY"
    error_message = "it takes requests from the internet"
  }
  assert {
    condition     = !google_cloud_run_v2_service.Greeter_A41DC22A.invoker_iam_disabled
    error_message = "nobody asks who calls"
  }
  assert {
    condition     = google_cloud_run_v2_service.Greeter_A41DC22A.template[0].containers[0].ports[0].name == "h2c"
    error_message = "HTTP/2 does not reach the container"
  }
  assert {
    condition     = toset(google_cloud_run_v2_service_iam_binding.Greeter_Invoker_C90732CE.members) == toset(["serviceAccount:restate@example-project.iam.gserviceaccount.com"])
    error_message = "somebody else than the server may call it"
  }
}

run "the_machine_has_no_address_of_the_internet" {
  command = plan

  assert {
    condition     = length(google_compute_instance_template.Restate_Instance_9D7438E5.network_interface[0].access_config) == 0
    error_message = "it has one"
  }
}

run "the_firewall_names_whom_it_admits" {
  command = plan

  assert {
    condition     = !contains(google_compute_firewall.Restate_Firewall_CallersByRange_673B097B.source_ranges, "0.0.0.0/0")
    error_message = "everybody may call"
  }
  assert {
    condition     = toset(google_compute_firewall.Restate_Firewall_OperatorsByTunnel_DE05C57A.source_ranges) == toset(["35.235.240.0/20"])
    error_message = "operators come from elsewhere than Identity-Aware Proxy"
  }
}
