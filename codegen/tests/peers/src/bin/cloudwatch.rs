//! Metrics, alarms and dashboards.

use std::time::{Duration, SystemTime};

use aws_sdk_cloudwatch::error::ProvideErrorMetadata;
use aws_sdk_cloudwatch::primitives::DateTime;
use aws_sdk_cloudwatch::types::{
    ComparisonOperator, Dimension, Metric, MetricDataQuery, MetricDatum, MetricStat, StandardUnit,
    StateValue, Statistic, StatisticSet,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> peers::Result {
    let client = peers::client!(aws_sdk_cloudwatch);
    let now = SystemTime::now();
    let host = Dimension::builder()
        .name("Host")
        .value("a&b \u{e9}")
        .build();
    let datum = |value: f64, seconds: u64| {
        MetricDatum::builder()
            .metric_name("Load")
            .dimensions(host.clone())
            .timestamp(DateTime::from(now - Duration::from_secs(seconds)))
            .value(value)
            .unit(StandardUnit::Percent)
            .build()
    };
    let set = MetricDatum::builder()
        .metric_name("Many")
        .statistic_values(
            StatisticSet::builder()
                .sample_count(2.0)
                .sum(5.0)
                .minimum(1.5)
                .maximum(3.5)
                .build(),
        )
        .build();
    client
        .put_metric_data()
        .namespace("Peers")
        .metric_data(datum(1.5, 30))
        .metric_data(datum(2.5, 20))
        .metric_data(set)
        .send()
        .await?;

    let mut metrics = client
        .list_metrics()
        .namespace("Peers")
        .into_paginator()
        .send();
    let mut names = Vec::new();
    while let Some(page) = metrics.next().await {
        names.extend(
            page?
                .metrics()
                .iter()
                .filter_map(Metric::metric_name)
                .map(str::to_owned),
        );
    }
    names.sort();
    names.dedup();
    assert_eq!(names, ["Load", "Many"]);

    let (start, end) = (
        now - Duration::from_secs(600),
        now + Duration::from_secs(600),
    );
    let output = client
        .get_metric_statistics()
        .namespace("Peers")
        .metric_name("Load")
        .dimensions(host.clone())
        .start_time(DateTime::from(start))
        .end_time(DateTime::from(end))
        .period(3600)
        .statistics(Statistic::Average)
        .statistics(Statistic::Sum)
        .send()
        .await?;
    let sum: f64 = output.datapoints().iter().filter_map(|it| it.sum()).sum();
    assert_eq!(sum, 4.0);
    assert!(
        output
            .datapoints()
            .iter()
            .all(|it| it.timestamp().is_some())
    );

    let metric = Metric::builder()
        .namespace("Peers")
        .metric_name("Load")
        .dimensions(host);
    let output = client
        .get_metric_data()
        .start_time(DateTime::from(start))
        .end_time(DateTime::from(end))
        .metric_data_queries(
            MetricDataQuery::builder()
                .id("m1")
                .metric_stat(
                    MetricStat::builder()
                        .metric(metric.build())
                        .period(60)
                        .stat("Maximum")
                        .build(),
                )
                .return_data(true)
                .build(),
        )
        .send()
        .await?;
    let [result] = output.metric_data_results() else {
        panic!("{output:?}");
    };
    assert_eq!(result.id(), Some("m1"));
    assert!(result.values().contains(&2.5), "{result:?}");
    assert_eq!(result.values().len(), result.timestamps().len());

    for number in 0..3 {
        client
            .put_metric_alarm()
            .alarm_name(format!("alarm {number}"))
            .namespace("Peers")
            .metric_name("Load")
            .comparison_operator(ComparisonOperator::GreaterThanThreshold)
            .evaluation_periods(1)
            .period(60)
            .threshold(0.5)
            .statistic(Statistic::Average)
            .send()
            .await?;
    }
    client
        .set_alarm_state()
        .alarm_name("alarm 1")
        .state_value(StateValue::Alarm)
        .state_reason("a <test>")
        .state_reason_data("{\"a\": 1}")
        .send()
        .await?;
    let mut alarms = client
        .describe_alarms()
        .max_records(2)
        .into_paginator()
        .send();
    let mut found = Vec::new();
    while let Some(page) = alarms.next().await {
        found.extend(page?.metric_alarms.unwrap_or_default());
    }
    assert_eq!(found.len(), 3);
    let alarm = found
        .iter()
        .find(|it| it.alarm_name() == Some("alarm 1"))
        .expect("the alarm");
    assert_eq!(alarm.state_value(), Some(&StateValue::Alarm));
    assert_eq!(alarm.state_reason(), Some("a <test>"));
    assert_eq!(alarm.threshold(), Some(0.5));

    client
        .put_dashboard()
        .dashboard_name("board")
        .dashboard_body("{\"widgets\": []}")
        .send()
        .await?;
    let output = client
        .get_dashboard()
        .dashboard_name("board")
        .send()
        .await?;
    assert_eq!(output.dashboard_body(), Some("{\"widgets\": []}"));

    let error = client
        .get_dashboard()
        .dashboard_name("none")
        .send()
        .await
        .expect_err("no such dashboard");
    assert_eq!(error.code(), Some("ResourceNotFound"), "{error:?}");
    Ok(())
}
