using System.Net;
using AkkaChat.Host.Http;

namespace AkkaChat.Host.Tests.Http;

public sealed class RequestLimitsTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::5", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void Addresses_of_one_line_count_together(string one, string other, bool together) => Assert.Equal(
        together, RequestLimits.PartitionOf(IPAddress.Parse(one)) == RequestLimits.PartitionOf(IPAddress.Parse(other)));
}
