using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Delivery;

public class OperationTests
{
    [Fact]
    public void It_completes_when_it_is_done()
    {
        var operation = new StubOperation("a");
        Assert.False(operation.HasEnded);

        operation.Done();
        Assert.True(operation.HasEnded);
        Assert.True(operation.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task It_fails_once_and_is_not_done_afterwards()
    {
        var operation = new StubOperation("a");
        operation.Fail(new TimeoutException("first"));
        operation.Fail(new InvalidOperationException("second"));
        operation.Done();

        Assert.Equal("first", (await Assert.ThrowsAsync<TimeoutException>(() => operation.Task)).Message);
    }

    [Fact]
    public void Once_done_it_cannot_fail()
    {
        var operation = new StubOperation("a");
        operation.Done();
        operation.Fail(new TimeoutException());
        operation.Done();

        Assert.True(operation.Task.IsCompletedSuccessfully);
    }
}
