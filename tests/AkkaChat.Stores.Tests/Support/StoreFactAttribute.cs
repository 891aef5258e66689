using Xunit.Abstractions;
using Xunit.Sdk;

namespace AkkaChat.Stores.Tests.Support;

/// <summary>A test that runs with each store; with PostgreSQL it is skipped where no server is installed.</summary>
[XunitTestCaseDiscoverer("AkkaChat.Stores.Tests.Support.StoreFactDiscoverer", TestAssembly.Name)]
[AttributeUsage(AttributeTargets.Method)]
public sealed class StoreFactAttribute : FactAttribute;

/// <summary>Finds the tests of <see cref="StoreFactAttribute"/>.</summary>
public sealed class StoreFactDiscoverer(IMessageSink sink) : FactDiscoverer(sink)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        testMethod.TestClass.Class.Name.Contains("PostgreSql", StringComparison.Ordinal) && !PostgreSqlServer.IsInstalled
            ? new SkippedTestCase(
                DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
}

/// <summary>A test that is not run.</summary>
public sealed class SkippedTestCase : XunitTestCase
{
    public SkippedTestCase(
        IMessageSink sink, TestMethodDisplay display, TestMethodDisplayOptions displayOptions, ITestMethod testMethod)
        : base(sink, display, displayOptions, testMethod)
    {
    }

    [Obsolete("Called by the runner, which sends test cases between processes.")]
    public SkippedTestCase()
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        "No PostgreSQL server is installed. Debian: apt-get install postgresql";
}
